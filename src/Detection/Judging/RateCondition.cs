using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// The change since the reading before, scaled to the rule's unit of time.
internal sealed class RateCondition(RuleTerms.Rate terms) : Condition
{
    private QuotedReading? _previous;
    private QuotedReading? _restsOn;

    public override IEnumerable<QuotedReading> RestsOn => _restsOn is null ? [] : [_restsOn];

    public override bool EachCounts => true;

    public override Verdict Judge(in Observation reading)
    {
        if (reading.Pick(terms.Measure.Value) is not { } value)
            return Verdict.NotJudged;
        _restsOn = _previous;
        _previous = reading.Quote();
        if (_restsOn is null)
            return Verdict.NotJudged;
        var before = Observation.Of(reading.Station, _restsOn.Reading, _restsOn.Batch, _restsOn.FrameSha256, reading.ArrivedAt);
        var elapsed = reading.ObservedAt - before.ObservedAt;
        if (elapsed <= TimeSpan.Zero || elapsed > terms.MaxGap || before.Pick(terms.Measure.Value) is not { } from)
            return Verdict.NotJudged;
        return Verdict.Of(terms.Limit, (value - from) / (elapsed / terms.Per));
    }

    public override void Write(StateWriter to) => to.Optional(_previous);

    public override void Read(StateReader from) => _previous = from.Optional(QuotedReading.Parser);
}
