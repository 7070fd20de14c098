namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Roll-ups of a track's series within a row, by series. docs/formats/reading-row.md.</summary>
internal static class RollUpPack
{
    private const int Counted = 1, Other = 2, Flagged = 4;

    public static void Write(PackBuffer pack, long series, in RollUpRow row)
    {
        bool flagged = false;
        for (int place = 0; place < ReadingFlag.Count; place++)
            flagged |= row.Flags[place] > 0;
        bool other = !double.IsNaN(row.OtherMinimum);
        pack.Varint(series);
        pack.Byte((row.Counted > 0 ? Counted : 0) | (other ? Other : 0) | (flagged ? Flagged : 0));
        pack.Varint(row.Normal);
        pack.Varint(row.Late);
        pack.Varint(row.Recalled);
        for (int place = 0; flagged && place < ReadingFlag.Count; place++)
            pack.Varint(row.Flags[place]);
        if (row.Counted > 0)
            Put(pack, row.Sum, row.Minimum, row.Maximum);
        if (other)
            Put(pack, row.OtherMinimum, row.OtherMaximum);
    }

    public static long Read(ref PackSpan pack, ref RollUpRow row)
    {
        long series = pack.Varint();
        int there = pack.Byte();
        row.Normal = pack.Varint();
        row.Late = pack.Varint();
        row.Recalled = pack.Varint();
        for (int place = 0; place < ReadingFlag.Count; place++)
            row.Flags[place] = (there & Flagged) == 0 ? 0 : pack.Varint();
        bool counted = (there & Counted) != 0, other = (there & Other) != 0;
        row.Sum = counted ? pack.Double() : 0;
        row.Minimum = counted ? pack.Double() : double.NaN;
        row.Maximum = counted ? pack.Double() : double.NaN;
        row.OtherMinimum = other ? pack.Double() : double.NaN;
        row.OtherMaximum = other ? pack.Double() : double.NaN;
        return series;
    }

    private static void Put(PackBuffer pack, params ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            pack.Double(value);
    }
}
