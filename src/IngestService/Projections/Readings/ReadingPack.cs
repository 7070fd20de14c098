using System.Numerics;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// Readings within a row: series, place after the row's own, which values there are, flag, values. docs/formats/reading-row.md.
/// </summary>
internal static class ReadingPack
{
    private const int Value = 1, Minimum = 2, Maximum = 4, Total = 8, Converted = 16, ConvertedMinimum = 32, ConvertedMaximum = 64;

    public static void Write(PackBuffer pack, in ReadingRow reading, int firstOrdinal)
    {
        pack.Varint(reading.Series);
        pack.Varint(reading.Ordinal - firstOrdinal);
        pack.Byte(Bit(reading.Value, Value) | Bit(reading.Minimum, Minimum) | Bit(reading.Maximum, Maximum) | Bit(reading.Total, Total)
            | Bit(reading.Converted, Converted) | Bit(reading.ConvertedMinimum, ConvertedMinimum) | Bit(reading.ConvertedMaximum, ConvertedMaximum));
        pack.Varint(reading.Quality);
        Put(pack, reading.Value);
        Put(pack, reading.Minimum);
        Put(pack, reading.Maximum);
        Put(pack, reading.Total);
        Put(pack, reading.Converted);
        Put(pack, reading.ConvertedMinimum);
        Put(pack, reading.ConvertedMaximum);
    }

    /// <summary>The next reading of a row whose own columns <paramref name="reading"/> holds.</summary>
    public static void Read(ref PackSpan pack, ref ReadingRow reading, int firstOrdinal)
    {
        reading.Series = pack.Varint();
        reading.Ordinal = firstOrdinal + (int)pack.Varint();
        int there = pack.Byte();
        reading.Quality = (int)pack.Varint();
        reading.Value = Get(ref pack, there & Value);
        reading.Minimum = Get(ref pack, there & Minimum);
        reading.Maximum = Get(ref pack, there & Maximum);
        reading.Total = Get(ref pack, there & Total);
        reading.Converted = Get(ref pack, there & Converted);
        reading.ConvertedMinimum = Get(ref pack, there & ConvertedMinimum);
        reading.ConvertedMaximum = Get(ref pack, there & ConvertedMaximum);
    }

    /// <summary>As <see cref="Read"/>, past the readings of other series; false at the row's end.</summary>
    public static bool Find(ref PackSpan pack, long series, ref ReadingRow reading, int firstOrdinal)
    {
        while (!pack.IsEmpty)
        {
            PackSpan here = pack;
            if (pack.Varint() == series)
            {
                Read(ref here, ref reading, firstOrdinal);
                pack = here;
                return true;
            }
            pack.Varint();
            int there = pack.Byte();
            pack.Varint();
            pack.Skip(BitOperations.PopCount((uint)there) * sizeof(double));
        }
        return false;
    }

    private static int Bit(double value, int bit) => double.IsNaN(value) ? 0 : bit;

    private static void Put(PackBuffer pack, double value)
    {
        if (!double.IsNaN(value))
            pack.Double(value);
    }

    private static double Get(ref PackSpan pack, int bit) => bit == 0 ? double.NaN : pack.Double();
}
