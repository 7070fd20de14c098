using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// Turns the readings of one rule and station, in the order of their times, into verdicts. Holds what it must remember of earlier ones.
internal abstract class Condition
{
    public static Condition Of(RuleTerms terms) => terms switch
    {
        RuleTerms.Threshold t => new ThresholdCondition(t),
        RuleTerms.Rate t => new RateCondition(t),
        RuleTerms.Periods t => new PeriodsCondition(t),
        RuleTerms.Stuck t => new StuckCondition(t),
        RuleTerms.Combined t => new CombinedCondition(t),
        _ => throw new InvalidOperationException($"{terms.GetType().Name} is judged by no readings' condition."),
    };

    public abstract Verdict Judge(in Observation reading);

    /// Earlier readings that the verdict just given rests on, to be quoted before the one it was given for.
    public virtual IEnumerable<QuotedReading> RestsOn => [];

    /// How many of those are not kept.
    public virtual ulong RestsLeftOut => 0;

    /// The episode began with the first of those, not with the reading that made them enough.
    public virtual bool BeginsWithRest => false;

    /// A verdict depends on the readings before it, whatever was said of those: an episode quotes each of them.
    public virtual bool EachCounts => false;

    public virtual void Write(StateWriter to)
    {
    }

    public virtual void Read(StateReader from)
    {
    }
}
