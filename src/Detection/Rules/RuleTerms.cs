using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Detection;

/// <summary>What is particular to a rule's kind.</summary>
public abstract record RuleTerms
{
    private RuleTerms()
    {
    }

    /// <summary>What the rule reads, in the order of the file; empty where it reads no values.</summary>
    public virtual IReadOnlyList<Measure> Measures => [];

    /// <summary>Limits that a measured value is held against as it is; of a rate the change is.</summary>
    public virtual IReadOnlyList<(Measure Measure, Limit Limit)> Limits => [];

    public sealed record Threshold(Measure Measure, Limit Limit) : RuleTerms
    {
        public override IReadOnlyList<(Measure Measure, Limit Limit)> Limits => [(Measure, Limit)];

        public override IReadOnlyList<Measure> Measures => [Measure];
    }

    /// <summary>Change between two readings, scaled to Per. Readings further apart than MaxGap are not compared.</summary>
    public sealed record Rate(Measure Measure, Limit Limit, TimeSpan Per, TimeSpan MaxGap) : RuleTerms
    {
        public override IReadOnlyList<Measure> Measures => [Measure];
    }

    /// <summary>Beyond the limit in at least Breaches of the last Of readings.</summary>
    public sealed record Periods(Measure Measure, Limit Limit, int Breaches, int Of) : RuleTerms
    {
        public override IReadOnlyList<(Measure Measure, Limit Limit)> Limits => [(Measure, Limit)];

        public override IReadOnlyList<Measure> Measures => [Measure];
    }

    /// <summary>The same value, within Tolerance, in Count readings one after the other; values in Ignore are allowed to stand still.</summary>
    public sealed record Stuck(Measure Measure, int Count, double Tolerance, IReadOnlyList<double> Ignore) : RuleTerms
    {
        public override IReadOnlyList<Measure> Measures => [Measure];
    }

    /// <summary>All or any of the conditions, by readings at most Within apart.</summary>
    public sealed record Combined(bool All, IReadOnlyList<(Measure Measure, Limit Limit)> Conditions, TimeSpan Within) : RuleTerms
    {
        public override IReadOnlyList<Measure> Measures => [.. Conditions.Select(c => c.Measure)];

        public override IReadOnlyList<(Measure Measure, Limit Limit)> Limits => Conditions;
    }

    /// <summary>Nothing came for After: of the factor and period, or, with an empty factor, of the whole station.</summary>
    public sealed record Missing(string Factor, ReadingKind Period, TimeSpan After) : RuleTerms;

    /// <summary>Events of the device; the episode ends when none came for Quiet.</summary>
    public sealed record Tamper(IReadOnlyList<DeviceEventKind> Events, TimeSpan Quiet) : RuleTerms;

    /// <summary>After an outage of at least Outage, what is sent in later from it is beyond the limit. Ends Quiet after the last.</summary>
    public sealed record Backfill(Measure Measure, Limit Limit, TimeSpan Outage, TimeSpan Quiet) : RuleTerms
    {
        public override IReadOnlyList<(Measure Measure, Limit Limit)> Limits => [(Measure, Limit)];

        public override IReadOnlyList<Measure> Measures => [Measure];
    }

    /// <summary>Built in: readings of a factor and period that may not be judged, and why not.</summary>
    public sealed record Quality(Measure Measure) : RuleTerms
    {
        public override IReadOnlyList<Measure> Measures => [Measure];
    }
}
