using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// The same value so many times: an instrument that stands still, or one that was made to.
internal sealed class StuckCondition(RuleTerms.Stuck terms) : Condition
{
    private QuotedReading? _first;
    private double _value;
    private long _run;

    public override IEnumerable<QuotedReading> RestsOn => _first is null ? [] : [_first];

    public override bool BeginsWithRest => true;

    public override Verdict Judge(in Observation reading)
    {
        if (reading.Pick(terms.Measure.Value) is not { } value)
            return Verdict.NotJudged;
        if (_run > 0 && Math.Abs(value - _value) <= terms.Tolerance)
        {
            _run++;
        }
        else
        {
            (_value, _run) = (value, 1);
            _first = reading.Quote();
        }
        return _run >= terms.Count && !terms.Ignore.Contains(_value)
            ? new Verdict(VerdictKind.Breach, _run, _run)
            : new Verdict(VerdictKind.Clear, _run, 0);
    }

    public override void Write(StateWriter to)
    {
        to.Optional(_first);
        to.Number(_value);
        to.Number(_run);
    }

    public override void Read(StateReader from)
    {
        _first = from.Optional(QuotedReading.Parser);
        _value = from.Double();
        _run = from.Signed();
    }
}
