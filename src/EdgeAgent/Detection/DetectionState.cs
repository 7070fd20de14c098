using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Detection;

/// The engine with what it read and decided, in memory and on disk. Everything that is said goes through here, in this order:
///
///  1 the engine has judged records, a tick or a new rule set;
///  2 state, read marks and outbox are on disk, together;
///  3 the outbox is appended to P0, one record after the other.
///
/// Crash before 2: the records are judged again, by the state before them; nothing had been said. Between 2 and 3, or within 3: the outbox is
/// read back, and what P0 holds of it behind the mark is not appended again. So a report comes out once, with the bytes it was decided
/// with, whatever the clock says by then. Between two saves without decisions records are judged again to the same nothing.
internal sealed class DetectionState(
    AgentSpool spool, DetectionFiles files, ReadMarks marks, IOptions<AgentOptions> agent, TimeProvider time, ILogger<DetectionState> log)
{
    private readonly Dictionary<(uint Epoch, RecordClass Class), ulong> _read = [];
    private List<Record> _outbox = [];
    private bool _outboxSaved;
    private bool _moved;
    private DateTimeOffset _savedAt;
    private HashSet<(string, EpisodePhase, uint)> _saidBefore = [];

    /// Null until there is a rule set.
    public DetectionEngine? Engine { get; private set; }

    /// Reports appended since the start.
    public ulong Said { get; private set; }

    public ulong ReadTo(ClassSpool of) => _read.GetValueOrDefault((of.Epoch, of.Class));

    public void Open()
    {
        files.Open();
        try
        {
            Restore();
        }
        // Damaged, of another version, or its rule set is gone: everything that still lies here is judged again.
        catch (InvalidDataException e)
        {
            (Engine, _outbox) = (null, []);
            _read.Clear();
            log.DetectionStateLost(e.Message);
        }
        if (Engine is null)
            _saidBefore = SaidAlerts.All(spool);
        _savedAt = time.GetUtcNow();
    }

    private void Restore()
    {
        if (files.Load() is not { } saved)
            return;
        var content = files.LoadRules(saved.RuleSet) ?? throw new InvalidDataException($"the rule set {saved.RuleSet} is not there");
        var rules = RuleSetParser.TryParse(content, out var errors) ?? throw new InvalidDataException($"the rule set in force cannot be read any more: {errors[0]}");
        Engine = DetectionEngine.Restore(saved.Engine, rules, Decider.Edge, agent.Value.Producer);
        foreach (var ((epoch, recordClass), to) in saved.ReadTo)
        {
            _read[(epoch, recordClass)] = to;
            marks.Saved(epoch, recordClass, to);
        }
        (_outbox, _outboxSaved) = (SaidAlerts.Unsaid(spool, saved), true);
        log.DetectionResumed(rules.Id, rules.Version, _outbox.Count);
    }

    public void Activate(RuleSet rules, byte[] content, string origin)
    {
        files.SaveRules(rules.Sha256, content);
        var ended = Engine?.Replace(rules, time.GetUtcNow()) ?? [];
        Engine ??= new DetectionEngine(rules, Decider.Edge, agent.Value.Producer, time.GetUtcNow());
        _outbox.Add(new Record
        {
            SourceDevice = agent.Value.Producer,
            Sensitivity = Sensitivity.Internal,
            RuleSetActivated = new RuleSetActivated
            {
                RuleSet = rules.Id,
                Version = rules.Version,
                Sha256 = ByteString.CopyFrom(rules.Sha256.ToArray()),
                Content = ByteString.CopyFrom(content),
                Decider = "edge",
                Origin = origin,
                RuleCount = (uint)rules.Rules.Count,
            },
        });
        _outboxSaved = false;
        Decide(ended);
        log.RuleSetActivated(rules.Id, rules.Version, rules.Rules.Count, rules.Sha256.ToString(), ended.Count);
    }

    public void Decide(IReadOnlyList<Decision> decisions)
    {
        foreach (var decision in decisions)
        {
            if (_saidBefore.Contains(SaidAlerts.KeyOf(decision.Alert)))
                continue;
            _outbox.Add(new Record { SourceDevice = decision.SourceDevice, Sensitivity = Sensitivity.Internal, FieldAlert = decision.Alert });
            _outboxSaved = false;
        }
    }

    public void Read(ClassSpool of, ulong to)
    {
        _read[(of.Epoch, of.Class)] = to;
        marks.Read(of.Epoch, of.Class, to);
        _moved = true;
    }

    /// Everything that lay in the spool at the start was judged: from here on nothing can have been said before.
    public void CaughtUp() => _saidBefore = [];

    /// Saves when something is to be said, or when it is time, and says it. StationFullException, or an IOException for want of room: called
    /// again it goes on where it was.
    public async Task SettleAsync(TimeSpan saveEvery, CancellationToken cancellation)
    {
        if (Engine is not null && (_outbox.Count > 0 ? !_outboxSaved : _moved && time.GetUtcNow() - _savedAt >= saveEvery))
            Save(Engine);
        while (_outbox.Count > 0)
        {
            var record = _outbox[0];
            await spool.AppendAsync(RecordClass.P0, record.Clone(), cancellation);
            _outbox.RemoveAt(0);
            Said++;
            if (record.FieldAlert is { } alert)
                log.Decided(alert.Rule, record.SourceDevice, alert.Phase.ToString(), alert.EpisodeId);
        }
    }

    private void Save(DetectionEngine engine)
    {
        var last = spool.Current.Single(s => s.Class == RecordClass.P0);
        var saved = new SavedDetection(engine.Rules.Sha256, last.Epoch, last.LastSequence, new Dictionary<(uint, RecordClass), ulong>(_read), _outbox, engine.Snapshot());
        files.Save(saved);
        files.DeleteOtherRules(engine.Rules.Sha256);
        (_outboxSaved, _moved, _savedAt) = (true, false, time.GetUtcNow());
        foreach (var ((epoch, recordClass), to) in _read)
            marks.Saved(epoch, recordClass, to);
    }
}
