namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>
/// From start up to, not including, end. A photo has start = end and counts as the instant it was taken.
/// </summary>
internal readonly record struct TimeSpanMicros(long Start, long End)
{
    /// <summary>Null when they do not meet. Touching is not meeting: a recording that ends as the window begins shows nothing of it.</summary>
    public TimeSpan? Overlap(TimeSpanMicros other)
    {
        if (Start == End)
            return Start >= other.Start && Start < other.End ? TimeSpan.Zero : null;
        long from = Math.Max(Start, other.Start);
        long to = Math.Min(End, other.End);
        return to > from ? TimeSpan.FromMicroseconds(to - from) : null;
    }
}
