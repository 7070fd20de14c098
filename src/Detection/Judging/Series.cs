using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// The readings of one factor and period of one station, and the rules that look at them. It decides what is live.
internal sealed class Series(QualityWatch quality)
{
    private Reading? _newest;
    private DateTimeOffset _newestAt = DateTimeOffset.MinValue;

    public List<Watch> Watches { get; } = [];

    public QualityWatch Quality => quality;

    public void Judge(in Observation reading, List<Watch> ofStation, List<Decision> to)
    {
        // A device that got no answer sends again: the same reading changes nothing.
        if (_newest is not null && reading.Repeats(_newest))
            return;
        var live = reading.IsInTime && reading.ObservedAt > _newestAt;
        if (live)
            (_newest, _newestAt) = (reading.Reading, reading.ObservedAt);
        foreach (var watch in ofStation)
            watch.Heard(reading, live, to);
        string? refused = null;
        foreach (var watch in Watches)
        {
            watch.Heard(reading, live, to);
            if (!watch.Context.Rule.IsInForce(reading.ObservedAt))
                continue;
            var why = Usability.WhyNot(watch.Context.Rule, reading);
            if (why is null)
                watch.Judge(reading, live, to);
            refused ??= why;
        }
        quality.Judge(reading, live, refused, to);
    }

    public void Write(StateWriter to)
    {
        to.Optional(_newest);
        quality.Write(to);
    }

    public void Read(StateReader from)
    {
        _newest = from.Optional(Reading.Parser);
        _newestAt = _newest?.ObservedAt?.ToDateTimeOffset() ?? DateTimeOffset.MinValue;
        quality.Read(from);
    }
}
