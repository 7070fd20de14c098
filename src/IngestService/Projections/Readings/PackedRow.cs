using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>A row of a month's table before it is written; its content is a slice of the batch's <see cref="PackBuffer"/>.</summary>
internal readonly record struct PackedRow(
    int Month, long Station, ReadingKind Kind, long Observed, long Entry, int Ordinal, int PeriodSeconds, ReadingMarks Marks, int Offset, int Length)
{
    public static int CompareKeys(PackedRow left, PackedRow right)
    {
        int order = left.Month.CompareTo(right.Month);
        if (order == 0)
            order = left.Station.CompareTo(right.Station);
        if (order == 0)
            order = ((int)left.Kind).CompareTo((int)right.Kind);
        if (order == 0)
            order = left.Observed.CompareTo(right.Observed);
        if (order == 0)
            order = left.Entry.CompareTo(right.Entry);
        return order != 0 ? order : left.Ordinal.CompareTo(right.Ordinal);
    }
}
