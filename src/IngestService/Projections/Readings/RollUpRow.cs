using System.Runtime.CompilerServices;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// Readings of one series in one minute, hour or day. Only flag N counts into mean, minimum and maximum; where a source sends no flags at all
/// (HJ/T 212-2005) and none is N, those without a flag do. Each instant counts once: of several readings of one instant the last that came.
/// </summary>
internal struct RollUpRow
{
    public long Bucket;

    /// <summary>Flag N with a value.</summary>
    public long Normal;
    public double Sum;
    public double Minimum;
    public double Maximum;
    public FlagCounts Flags;
    public long Late;
    public long Recalled;

    /// <summary>Of the values that do not count; NaN when there are none. A discharge under flag D must not vanish from a chart.</summary>
    public double OtherMinimum;
    public double OtherMaximum;

    /// <summary>Values behind sum, minimum and maximum.</summary>
    public readonly long Counted => Normal > 0 ? Normal : Flags[ReadingFlag.None];
}

/// <summary>Readings by flag, without N. Of the unflagged and the unknown only those without a value that counts are beside the mean.</summary>
[InlineArray(ReadingFlag.Count)]
internal struct FlagCounts
{
    private long _first;
}

/// <summary>HJ 212 data flags (device-protocols: x-Flag) as places in <see cref="FlagCounts"/>.</summary>
internal static class ReadingFlag
{
    public const int Count = 9;
    public const int None = 0;
    public const int Other = 8;

    /// <summary>In the order of the columns.</summary>
    public const string Letters = " FMSDCTB?";

    /// <summary>For a quality as its column holds it: 0 none sent, below 128 one letter, else a word of the quality table.</summary>
    public static int PlaceOf(int quality) => quality == 0 ? None : quality < 128 && Letters.IndexOf((char)quality, 1) is > 0 and < Other and var place ? place : Other;

    public const int Normal = 'N';
}
