using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// A rule over values: a live lane, and a late lane for everything that came late, out of order or by recall. The late lane judges its
/// run as if it had been live, and never touches the live one.
internal sealed class ReadingWatch : Watch
{
    /// Late data of one run come together; after this long without any the run is over.
    public static readonly TimeSpan LateQuiet = TimeSpan.FromMinutes(10);

    private readonly KnownEpisodes _known = new();
    private readonly Lane _live;
    private readonly Lane _late;

    public ReadingWatch(RuleContext context)
        : base(context)
    {
        _live = new Lane(context, late: false) { MayTell = static _ => true, Over = _known.Add };
        _late = new Lane(context, late: true) { MayTell = IsNews, Over = _known.Add };
    }

    public override void Judge(in Observation reading, bool live, List<Decision> to)
    {
        if (live)
        {
            _live.Feed(reading, to);
            return;
        }
        // A run goes forward. Several factors of one rule may share an instant.
        var repeats = reading.ObservedAt == _late.LastObserved && Rule.Kind != RuleKind.Combined;
        if (reading.ObservedAt < _late.LastObserved || repeats)
            _late.End(reading.ArrivedAt, EndReasons.LateRunOver, to);
        _late.Feed(reading, to);
    }

    /// The same readings come twice, by resend and by recall: an episode that is known, and no graver now, is not told again.
    private bool IsNews(Episode episode)
    {
        if (_known.Around(episode, _live.Episode) is not { } known)
            return true;
        if (episode.WorstExcess <= known.Excess)
            return false;
        episode.Parent = Context.EpisodeIdOf(known.Start) is var id && known.Start != episode.Start ? id : "";
        return true;
    }

    public override void Tick(DateTimeOffset now, List<Decision> to)
    {
        if (_late.LastArrival != default && now - _late.LastArrival >= LateQuiet && (_late.Episode is not null || _late.LastObserved != default))
            _late.End(now, EndReasons.LateRunOver, to);
    }

    public override IEnumerable<OpenEpisode> Episodes => [.. Context.Open(_live.Episode, late: false), .. Context.Open(_late.Episode, late: true)];

    public override void Withdraw(DateTimeOffset now, List<Decision> to)
    {
        _live.End(now, EndReasons.RuleChanged, to);
        _late.End(now, EndReasons.RuleChanged, to);
    }

    public override void Write(StateWriter to)
    {
        _known.Write(to);
        _live.Write(to);
        _late.Write(to);
    }

    public override void Read(StateReader from)
    {
        _known.Read(from);
        _live.Read(from);
        _late.Read(from);
    }
}
