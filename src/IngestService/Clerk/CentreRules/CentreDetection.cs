using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Projections.Runtime;

namespace EdgeEnforcement.IngestService.Clerk.CentreRules;

/// <summary>
/// Decides by the rules whose decider is the centre: the engine of the front end, one for each producer whose rule set in force has such
/// rules, fed with that producer's entries in the order of the ledger. It appends nothing; the clerk makes facts of what it says.
/// </summary>
/// <remarks>
/// Its state at entry n is a function of entries 0 to n - 1. So it need not be saved with every position: <see cref="CentreStateFile"/> holds
/// it as of some entry below the clerk's position, and a start feeds what lies between again and says nothing of it, for that was said.
/// A file that is missing, damaged, of another program or older than an erasure costs one pass over the ledger.
/// </remarks>
internal sealed class CentreDetection
{
    // What a start feeds again: a second or two of the densest ledger.
    private const ulong MostUnsavedEntries = 20_000;

    private const int PageEntries = 5_000;

    private readonly RuleSetShelf _shelf;
    private readonly CentreStateFile _file;
    private readonly SortedDictionary<string, CentreEngine> _engines;
    private ulong _saved;

    private CentreDetection(RuleSetShelf shelf, CentreStateFile file, CentreState state)
    {
        _shelf = shelf;
        _file = file;
        _engines = new SortedDictionary<string, CentreEngine>(StringComparer.Ordinal);
        foreach (CentreEngine engine in state.Engines)
            _engines.Add(engine.Producer, engine);
        Position = _saved = state.Position;
    }

    /// <summary>Entries below are judged.</summary>
    public ulong Position { get; private set; }

    /// <summary>The state at the clerk's position.</summary>
    public static CentreDetection Open(CentreStateFile file, ILedgerReader ledger, RuleSetShelf shelf, ulong position)
    {
        CentreDetection opened = new(shelf, file, file.Load(ledger, shelf, position) ?? CentreState.Empty);
        while (opened.Position < position)
        {
            foreach (LedgerEntry entry in ledger.ReadFrom(new EntryIndex(opened.Position), (int)Math.Min(position - opened.Position, PageEntries)))
            {
                if (opened.Concerns(entry))
                    opened.Judge(entry, EntryDecoder.Decode(entry, IsJudged));
                opened.PassTo(entry.Index.Value + 1);
            }
        }
        return opened;
    }

    /// <summary>Types that rules look into.</summary>
    public static bool IsJudged(Record.BodyOneofCase type) =>
        type is Record.BodyOneofCase.ReadingBatch or Record.BodyOneofCase.DeviceEvent or Record.BodyOneofCase.RuleSetActivated;

    /// <summary>By its leaf alone: most entries are of producers whose rules the front end decides.</summary>
    public bool Concerns(LedgerEntry entry) => entry.Leaf.Origin == LeafOrigin.Producer
        && (entry.Leaf.Flags & (LeafFlags.Conflict | LeafFlags.Quarantined)) == 0
        && (_engines.ContainsKey(entry.Leaf.Producer) || entry.Leaf.Type == Record.RuleSetActivatedFieldNumber);

    /// <param name="stored">One that concerns.</param>
    /// <param name="entry">The same, decoded for <see cref="IsJudged"/> at least.</param>
    public IReadOnlyList<Decision> Judge(LedgerEntry stored, ProjectedEntry entry)
    {
        Position = stored.Index.Value + 1;
        List<Decision> decided = [];
        if (_engines.TryGetValue(entry.Leaf.Producer, out CentreEngine? engine))
            decided.AddRange(engine.Apply(stored, entry));
        if (entry.Record is { RuleSetActivated: not null, Identity: { RecordClass: RecordClass.P0 } identity })
            decided.AddRange(Activate(stored, identity, engine));
        return decided;
    }

    /// <summary>Nothing up to there concerns.</summary>
    public void PassTo(ulong position) => Position = position;

    /// <summary>Whether enough was judged since the last save.</summary>
    public bool IsToBeSaved => Position - _saved >= MostUnsavedEntries;

    /// <summary>On return a start goes on from here. The clerk's own file must not be behind.</summary>
    public void Save(ILedgerReader ledger)
    {
        if (Position == _saved)
            return;
        _file.Save(new CentreState(Position, [.. _engines.Values]), ledger);
        _saved = Position;
    }

    private IReadOnlyList<Decision> Activate(LedgerEntry stored, RecordIdentity identity, CentreEngine? engine)
    {
        if (engine is not null && !engine.IsOlderThan(identity))
            return [];
        // One this program cannot read changes nothing: the alerts decided by it say so when they are recomputed.
        if (_shelf.Read(stored.Index.Value, out _) is not { } rules)
            return [];
        DateTimeOffset now = CentreEngine.TimeOf(stored);
        if (engine is not null)
            return engine.Replace(rules, stored.Index.Value, identity, now);
        if (rules.Rules.Any(rule => rule.Decider == Decider.Centre))
        {
            _engines.Add(identity.Producer, new CentreEngine(identity.Producer, new DetectionEngine(rules, Decider.Centre, identity.Producer, now))
            {
                Activation = stored.Index.Value, Epoch = identity.Epoch, Sequence = identity.Sequence, HeardAt = now, TickedAt = now,
            });
        }
        return [];
    }
}
