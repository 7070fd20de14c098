using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// All or any of several conditions, each by its own newest reading; readings older than the rule's window count as not known.
/// Measured is the excess relative to the limit of the condition that is furthest beyond its own.
internal sealed class CombinedCondition(RuleTerms.Combined terms) : Condition
{
    private readonly QuotedReading?[] _latest = new QuotedReading?[terms.Conditions.Count];
    private int _judged;

    public override IEnumerable<QuotedReading> RestsOn => _latest.Where((q, i) => q is not null && i != _judged).Select(q => q!);

    public override bool EachCounts => true;

    public override Verdict Judge(in Observation reading)
    {
        _judged = -1;
        for (var i = 0; i < _latest.Length; i++)
        {
            var measure = terms.Conditions[i].Measure;
            if (measure.Factor != reading.Reading.Factor || measure.Period != reading.Period || reading.Pick(measure.Value) is null)
                continue;
            _latest[i] = reading.Quote();
            _judged = i;
        }
        return _judged < 0 ? Verdict.NotJudged : Together(reading);
    }

    private Verdict Together(in Observation reading)
    {
        var (known, met, clear, worst) = (0, 0, 0, double.MinValue);
        for (var i = 0; i < _latest.Length; i++)
        {
            var (measure, limit) = terms.Conditions[i];
            if (_latest[i] is not { } quote)
                continue;
            var at = Observation.Of(reading.Station, quote.Reading, quote.Batch, quote.FrameSha256, reading.ArrivedAt);
            if ((reading.PeriodEnd - at.PeriodEnd).Duration() > terms.Within || at.Pick(measure.Value) is not { } value)
                continue;
            known++;
            var excess = limit.Excess(value);
            met += excess > 0 ? 1 : 0;
            clear += excess <= 0 && limit.IsClear(value) ? 1 : 0;
            worst = Math.Max(worst, excess / Math.Max(1e-9, Math.Abs(limit.Level)));
        }
        if (terms.All ? met == _latest.Length : met > 0)
            return new Verdict(VerdictKind.Breach, worst, worst);
        // Not met is known as soon as one is not (all), or none is (any).
        return terms.All
            ? clear > 0 ? new Verdict(VerdictKind.Clear, worst, 0) : known < _latest.Length ? Verdict.NotJudged : new Verdict(VerdictKind.Between, worst, 0)
            : new Verdict(clear == known ? VerdictKind.Clear : VerdictKind.Between, worst, 0);
    }

    public override void Write(StateWriter to)
    {
        foreach (var quote in _latest)
            to.Optional(quote);
    }

    public override void Read(StateReader from)
    {
        for (var i = 0; i < _latest.Length; i++)
            _latest[i] = from.Optional(QuotedReading.Parser);
    }
}
