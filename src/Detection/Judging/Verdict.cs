namespace EdgeEnforcement.Detection.Judging;

/// What a condition says of one reading. Measured is what was compared (the value, its rate, a run's length), Excess how far beyond the
/// limit, above 0 for a breach.
internal readonly record struct Verdict(VerdictKind Kind, double Measured, double Excess)
{
    public static Verdict NotJudged => default;

    /// By a limit and its hysteresis.
    public static Verdict Of(Limit limit, double measured)
    {
        var excess = limit.Excess(measured);
        return new Verdict(excess > 0 ? VerdictKind.Breach : limit.IsClear(measured) ? VerdictKind.Clear : VerdictKind.Between, measured, excess);
    }
}

/// Between: within the limit, and not yet within the clear level.
internal enum VerdictKind
{
    NotJudged,
    Clear,
    Between,
    Breach,
}
