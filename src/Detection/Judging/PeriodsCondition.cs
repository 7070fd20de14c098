using System.Numerics;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// Beyond the limit in n of the last m readings that could be judged.
internal sealed class PeriodsCondition(RuleTerms.Periods terms) : Condition
{
    private readonly Queue<QuotedReading> _breaches = new();
    private ulong _bits; // bit 0: the newest
    private double _worstExcess;
    private double _worst;

    // The newest is quoted by who asks; Judge has put it last.
    public override IEnumerable<QuotedReading> RestsOn => (_bits & 1) == 1 ? _breaches.SkipLast(1) : _breaches;

    public override bool BeginsWithRest => true;

    public override Verdict Judge(in Observation reading)
    {
        if (reading.Pick(terms.Measure.Value) is not { } value)
            return Verdict.NotJudged;
        var excess = terms.Limit.Excess(value);
        var window = ulong.MaxValue >> (64 - terms.Of);
        if (((_bits >> (terms.Of - 1)) & 1) == 1)
            _breaches.Dequeue();
        _bits = ((_bits << 1) | (excess > 0 ? 1UL : 0)) & window;
        if (excess > 0)
            _breaches.Enqueue(reading.Quote());
        if (_breaches.Count == 0)
            (_worst, _worstExcess) = (value, 0);
        else if (excess > _worstExcess)
            (_worst, _worstExcess) = (value, excess);
        var count = BitOperations.PopCount(_bits);
        return count >= terms.Breaches ? new Verdict(VerdictKind.Breach, _worst, _worstExcess)
            : new Verdict(terms.Limit.IsClear(value) ? VerdictKind.Clear : VerdictKind.Between, value, excess);
    }

    public override void Write(StateWriter to)
    {
        to.Number(_bits);
        to.Number(_worst);
        to.Number(_worstExcess);
        to.Many(_breaches);
    }

    public override void Read(StateReader from)
    {
        _bits = from.Unsigned();
        _worst = from.Double();
        _worstExcess = from.Double();
        foreach (var quote in from.Many(QuotedReading.Parser))
            _breaches.Enqueue(quote);
    }
}
