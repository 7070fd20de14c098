namespace EdgeEnforcement.Detection.Judging;

internal sealed class ThresholdCondition(RuleTerms.Threshold terms) : Condition
{
    public override Verdict Judge(in Observation reading) =>
        reading.Pick(terms.Measure.Value) is { } value ? Verdict.Of(terms.Limit, value) : Verdict.NotJudged;
}
