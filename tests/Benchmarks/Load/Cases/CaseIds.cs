using System.Globalization;

namespace EdgeEnforcement.Benchmarks.Load.Cases;

/// <summary>Who and what a case is about, by its number alone: a thousand handlers in a hundred units, 300,000 parties, places all over the city.</summary>
internal readonly record struct CaseIds(int Index)
{
    public const int Units = 100;
    public const int HandlersPerUnit = 10;
    public const int Handlers = Units * HandlersPerUnit;

    private const int Parties = 300_000;
    private const int Places = 40_000;

    // A 文号 has seven digits, whichever case it belongs to.
    private const int FirstOrdinal = 1_000_000;

    /// <summary>What stands for them in a variant: as long as what takes its place.</summary>
    public static readonly string[] Marks = ["c-CCCCCCC", "o-PPPPPPP", "h-AAAA", "h-BBBB", "u-UUU", "9999999"];

    public string CaseId => Text($"c-{Index:D7}");

    public string PartyId => Text($"o-{Mixed(1) % Parties:D7}");

    public int Unit => (int)(Mixed(2) % Units);

    public string First => Handler((Unit * HandlersPerUnit) + (int)(Mixed(3) % HandlersPerUnit));

    public string Second => Handler((Unit * HandlersPerUnit) + (int)((Mixed(3) + 1) % HandlersPerUnit));

    public string Place => Text($"某区某街道{Mixed(4) % Places}号");

    /// <summary>One in five lies in the inner city, a tenth of the area.</summary>
    public double Latitude => 29.3 + (Share(5) * (Mixed(7) % 5 == 0 ? 0.3 : 1));

    public double Longitude => 106.2 + (Share(6) * (Mixed(7) % 5 == 0 ? 0.3 : 1));

    /// <summary>One case in ten is open work.</summary>
    public bool IsOpen => Mixed(8) % 10 == 0;

    public string[] Values => [CaseId, PartyId, First, Second, UnitId(Unit), Text($"{FirstOrdinal + Index}")];

    public static string UnitId(int unit) => Text($"u-{unit:D3}");

    public static string Handler(int handler) => Text($"h-{handler:D4}");

    /// <summary>A number of the case's own for each purpose.</summary>
    public uint Mixed(uint purpose)
    {
        uint x = (uint)Index + (purpose * 0x9E3779B9u);
        x = (x ^ (x >> 16)) * 0x85EBCA6Bu;
        x = (x ^ (x >> 13)) * 0xC2B2AE35u;
        return x ^ (x >> 16);
    }

    private double Share(uint purpose) => Mixed(purpose) / (double)uint.MaxValue;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
