using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.Judging;
using EdgeEnforcement.Detection.States;
using Google.Protobuf;

namespace EdgeEnforcement.Detection;

/// <summary>
/// The rules of one set that one side decides, over everything it has seen: events in, decisions out. Pure: no I/O, no clock of its own;
/// the same events in the same order give the same decisions. Not synchronised.
/// </summary>
/// <remarks>
/// A reading is judged by its own times and by when it came. Only a tick lets silence, quiet and roll-ups pass. Readings that come late for
/// their kind (Lateness), or out of order, are judged apart (retrospective) and never touch the live state.
/// </remarks>
public sealed class Detector
{
    private readonly Dictionary<(string Station, string Factor, ReadingKind Period), Series> _series = [];
    private readonly Dictionary<string, List<Watch>> _ofStation = new(StringComparer.Ordinal);
    private readonly List<Watch> _watches = [];
    private readonly HashSet<(string Station, string Factor, ReadingKind Period)> _ofFrontEnd = []; // kept by the centre: what edge rules look at
    private readonly Decider _decider;

    /// <param name="rules">Only the rules of this decider are watched.</param>
    /// <param name="decider">Which side this is.</param>
    /// <param name="now">Silence is counted from here.</param>
    public Detector(RuleSet rules, Decider decider, DateTimeOffset now)
    {
        Rules = rules;
        _decider = decider;
        foreach (var station in rules.Stations.Keys)
            _ofStation.Add(station, []);
        if (decider == Decider.Centre)
            _ofFrontEnd.UnionWith(rules.Rules.Where(r => r.Decider == Decider.Edge).SelectMany(SeriesOf));
        foreach (var rule in rules.Rules.Where(r => r.Decider == decider))
            foreach (var station in rule.Stations)
                Add(Watch.Of(new RuleContext(rules, rule, rules.Stations[station]), now));
    }

    public RuleSet Rules { get; }

    /// <summary>Rules times stations.</summary>
    public int WatchCount => _watches.Count;

    /// <summary>Everything that was reported and has not ended.</summary>
    public IEnumerable<OpenEpisode> Episodes => _watches.SelectMany(w => w.Episodes).Concat(_series.Values.SelectMany(s => s.Quality.Episodes));

    private static IEnumerable<(string Station, string Factor, ReadingKind Period)> SeriesOf(Rule rule) =>
        rule.Stations.SelectMany(station => rule.Terms switch
        {
            RuleTerms.Missing { Factor.Length: > 0 } missing => [(station, missing.Factor, missing.Period)],
            var terms => terms.Measures.Select(m => (station, m.Factor, m.Period)),
        });

    private void Add(Watch watch)
    {
        var (rule, station) = (watch.Context.Rule, watch.Context.Station.Mn);
        _watches.Add(watch);
        switch (rule.Terms)
        {
            case RuleTerms.Tamper:
            case RuleTerms.Missing { Factor: "" }:
                _ofStation[station].Add(watch);
                break;
            case RuleTerms.Missing missing:
                SeriesOf(station, new Measure(missing.Factor, missing.Factor, missing.Period, ValueChoice.Value, "")).Watches.Add(watch);
                break;
            default:
                foreach (var measure in rule.Terms.Measures.DistinctBy(m => (m.Factor, m.Period)))
                    SeriesOf(station, measure).Watches.Add(watch);
                break;
        }
    }

    private Series SeriesOf(string station, Measure measure)
    {
        var key = (station, measure.Factor, measure.Period);
        if (_series.TryGetValue(key, out var known))
            return known;
        var made = new Series(new QualityWatch(new RuleContext(Rules, QualityWatch.RuleFor(measure), Rules.Stations[station]), _ofFrontEnd.Contains(key)));
        _series.Add(key, made);
        return made;
    }

    /// <summary>A batch of readings as it was spooled.</summary>
    /// <param name="station">The record's source device.</param>
    /// <param name="batch">Its readings.</param>
    /// <param name="identity">Of the record; quoted.</param>
    /// <param name="arrivedAt">The agent's time of the record: what age is counted to.</param>
    public IReadOnlyList<Decision> Apply(string station, ReadingBatch batch, RecordIdentity identity, DateTimeOffset arrivedAt)
    {
        if (!_ofStation.TryGetValue(station, out var ofStation))
            return [];
        var to = new List<Decision>();
        // A message of several frames does not say which of them held a reading: then it is the hash of them all.
        var frame = batch.Frames.Count == 1 ? batch.Frames[0].Sha256 : batch.RawSha256;
        foreach (var reading in batch.Readings)
        {
            if (!Instant.AreSound(reading))
                continue;
            var seen = Observation.Of(station, reading, identity, frame, arrivedAt);
            if (_series.TryGetValue((station, reading.Factor, seen.Period), out var series))
                series.Judge(seen, ofStation, to);
            else
                Hear(seen, ofStation, to);
        }
        return to;
    }

    // No rule looks at the factor, but the station was heard of.
    private static void Hear(in Observation seen, List<Watch> ofStation, List<Decision> to)
    {
        var live = seen.IsInTime;
        foreach (var watch in ofStation)
            watch.Heard(seen, live, to);
    }

    /// <summary>Something a device did.</summary>
    public IReadOnlyList<Decision> Apply(string station, DeviceEvent happened, RecordIdentity identity, DateTimeOffset arrivedAt)
    {
        if (!_ofStation.TryGetValue(station, out var ofStation))
            return [];
        var to = new List<Decision>();
        var where = new QuotedReading { Batch = identity, FrameSha256 = happened.Frames.Count > 0 ? happened.Frames[0].Sha256 : ByteString.Empty };
        foreach (var watch in ofStation)
            watch.Judge(happened, where, arrivedAt, to);
        return to;
    }

    /// <summary>Time passes: silence is noticed, runs of late data end.</summary>
    public IReadOnlyList<Decision> Tick(DateTimeOffset now)
    {
        var to = new List<Decision>();
        foreach (var watch in _watches)
            watch.Tick(now, to);
        foreach (var series in _series.Values)
            series.Quality.Tick(now, to);
        return to;
    }

    /// <summary>Nobody listened until now: what did not come meanwhile is nobody's silence.</summary>
    public void Resume(DateTimeOffset now)
    {
        foreach (var watch in _watches)
            watch.Resume(now);
    }

    /// <summary>
    /// A new rule set takes over. Rules that are the same, whatever else changed, keep all they remember over the same stations; what the
    /// others hold open is reported as ended.
    /// </summary>
    public (Detector Next, IReadOnlyList<Decision> Ended) Replace(RuleSet rules, DateTimeOffset now)
    {
        var next = new Detector(rules, _decider, now);
        var kept = next._watches.ToDictionary(KeyOf);
        var to = new List<Decision>();
        foreach (var watch in _watches)
            if (kept.TryGetValue(KeyOf(watch), out var heir))
                Copy(watch.Write, heir.Read);
            else
                watch.Withdraw(now, to);
        foreach (var (key, series) in _series)
        {
            var heir = next._series.GetValueOrDefault(key);
            if (heir is null or { Quality.IsSilent: true })
                series.Quality.Withdraw(now, to);
            if (heir is not null)
                Copy(series.Write, heir.Read);
        }
        return (next, to);
    }

    private static void Copy(Action<StateWriter> write, Action<StateReader> read)
    {
        using var memory = new MemoryStream();
        write(new StateWriter(new BinaryWriter(memory)));
        memory.Position = 0;
        read(new StateReader(new BinaryReader(memory)));
    }

    private static (string, string, Evidence.Sha256Hash) KeyOf(Watch watch) => (watch.Context.Rule.Id, watch.Context.Station.Mn, watch.Context.Rule.Fingerprint);

    internal void Write(StateWriter to)
    {
        foreach (var watch in _watches)
            watch.Write(to);
        foreach (var (_, series) in _series)
            series.Write(to);
    }

    /// Of the same rule set: watches and series are made in the order of its rules.
    internal void Read(StateReader from)
    {
        foreach (var watch in _watches)
            watch.Read(from);
        foreach (var (_, series) in _series)
            series.Read(from);
    }
}
