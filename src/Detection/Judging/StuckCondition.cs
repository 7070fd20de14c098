using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// The same value so many times: an instrument that stands still, or one that was made to.
internal sealed class StuckCondition(RuleTerms.Stuck terms) : Condition
{
    // Of a longer run only its beginning is quoted.
    private const int MostQuoted = 32;

    private readonly List<QuotedReading> _run = [];
    private double _value;
    private long _count;

    // The newest, where it is among them, is quoted by who asks.
    public override IEnumerable<QuotedReading> RestsOn => _run.Take((int)Math.Min(_count - 1, MostQuoted));

    public override ulong RestsLeftOut => (ulong)Math.Max(0, _count - 1 - MostQuoted);

    public override bool BeginsWithRest => true;

    public override Verdict Judge(in Observation reading)
    {
        if (reading.Pick(terms.Measure.Value) is not { } value)
            return Verdict.NotJudged;
        if (_count == 0 || Math.Abs(value - _value) > terms.Tolerance)
        {
            (_value, _count) = (value, 0);
            _run.Clear();
        }
        _count++;
        if (_run.Count < MostQuoted)
            _run.Add(reading.Quote());
        return _count >= terms.Count && !terms.Ignore.Contains(_value)
            ? new Verdict(VerdictKind.Breach, _count, _count)
            : new Verdict(VerdictKind.Clear, _count, 0);
    }

    public override void Write(StateWriter to)
    {
        to.Many(_run);
        to.Number(_value);
        to.Number(_count);
    }

    public override void Read(StateReader from)
    {
        _run.AddRange(from.Many(QuotedReading.Parser));
        _value = from.Double();
        _count = from.Signed();
    }
}
