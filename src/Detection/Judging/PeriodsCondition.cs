using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// Beyond the limit in n of the last m readings that could be judged.
internal sealed class PeriodsCondition(RuleTerms.Periods terms) : Condition
{
    private readonly Queue<(QuotedReading Quote, double Value)> _window = new();

    /// The whole window from its first breach on, without the newest, which is quoted by who asks: from these it can be decided again.
    public override IEnumerable<QuotedReading> RestsOn =>
        _window.SkipWhile(w => terms.Limit.Excess(w.Value) <= 0).SkipLast(1).Select(w => w.Quote);

    public override bool BeginsWithRest => true;

    public override bool EachCounts => true;

    public override Verdict Judge(in Observation reading)
    {
        if (reading.Pick(terms.Measure.Value) is not { } value)
            return Verdict.NotJudged;
        _window.Enqueue((reading.Quote(), value));
        if (_window.Count > terms.Of)
            _window.Dequeue();
        var (breaches, worst, worstExcess) = (0, value, 0.0);
        foreach (var (_, seen) in _window)
        {
            var excess = terms.Limit.Excess(seen);
            breaches += excess > 0 ? 1 : 0;
            if (excess > worstExcess)
                (worst, worstExcess) = (seen, excess);
        }
        return breaches >= terms.Breaches ? new Verdict(VerdictKind.Breach, worst, worstExcess)
            : new Verdict(terms.Limit.IsClear(value) ? VerdictKind.Clear : VerdictKind.Between, value, 0);
    }

    public override void Write(StateWriter to)
    {
        to.Number((long)_window.Count);
        foreach (var (quote, value) in _window)
        {
            to.Message(quote);
            to.Number(value);
        }
    }

    public override void Read(StateReader from)
    {
        for (var left = from.Signed(); left > 0; left--)
            _window.Enqueue((from.Message(QuotedReading.Parser), from.Double()));
    }
}
