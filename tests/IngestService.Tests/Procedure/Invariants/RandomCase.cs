using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using Google.Protobuf;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Invariants;

/// <summary>One case from its lead to its end, or until nobody has patience any more. The seed is all that is random.</summary>
internal sealed class RandomCase
{
    private const int Patience = 160;

    private readonly Random _random;
    private readonly RandomActs _acts;
    private readonly Walk _walk;
    private readonly InvariantWatch _watch;
    private readonly List<Action<ProcedureCase>> _log = [];
    private readonly bool _isFolded;
    private readonly ProcedureCase _first;

    public RandomCase(int seed)
    {
        _random = new Random(seed);
        _acts = new RandomActs(_random);
        _isFolded = seed % 8 == 0;
        string domain = ((string[])["market", "market", "market", "urban", "traffic", "river"])[_random.Next(6)];
        EvidenceSource[] evidence = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(Item)];
        _walk = new Walk(domain, _random.Next(3) == 0 ? LeadSourceKind.Alert : LeadSourceKind.Complaint, evidence);
        bool wasFined = _random.Next(12) == 0;
        if (wasFined)
            _walk.Party.Add(new PartyDecision("旧案", Crew.Item(domain), new DateOnly(2023, 1, 1), new DateOnly(2026, 2, 11), Fined: true, 3));
        _watch = new InvariantWatch(domain, wasFined);
        foreach (EvidenceSource item in evidence)
            _watch.Attached(item);
        _first = _walk.Case.Clone();
    }

    public ProcedureCase Subject => _walk.Case;

    public IReadOnlyDictionary<Kind, int> Done => _watch.Done;

    /// <summary>What was done, for who looks for the reason.</summary>
    public string Trail => string.Join(", ", Subject.Acts.TakeLast(25).Select(made => $"{made.Kind}@{made.At.ToDateTimeOffset():MM-dd}"));

    public int Tried { get; private set; }

    public int Refused { get; private set; }

    public void Run()
    {
        int more = 3;
        while (Tried < Patience && (!ActTable.IsEnd(_walk.Case.State) || more-- > 0))
        {
            Time();
            Evidence();
            Try(_acts.Next(_walk));
        }

        if (_isFolded)
            FoldAgain();
    }

    private void Try(ProcedureAct act)
    {
        bool isWatchedClosely = _random.Next(24) == 0;
        ByteString? before = isWatchedClosely ? _walk.Case.ToByteString() : null;
        ByteString? asked = isWatchedClosely ? act.ToByteString() : null;
        ProcedureDecision? first = isWatchedClosely ? ProcedureDecider.Decide(_walk.Case, act, _walk.Context) : null;
        ulong version = _walk.Case.LifecycleVersion;
        Tried++;
        if (_walk.Try(act) is { } refusal)
        {
            Refused++;
            InvariantWatch.Must(refusal.Guards.Count > 0, 15, "refused, and nothing says why");
            InvariantWatch.Must(_walk.Case.LifecycleVersion == version, 15, "a refused act moved the case");
            InvariantWatch.Must(before is null || _walk.Case.ToByteString().Equals(before), 15, "a refused act left a trace");
            InvariantWatch.Must(first is null || refusal.Equals(first.Refusal), 15, "the same question, another answer");
        }
        else
        {
            (ProcedureActed fact, ulong entry, byte[] leaf) = _walk.Facts[^1];
            InvariantWatch.Must(first is null || fact.Equals(first.Fact), 15, "the same question, another answer");
            _watch.Saw(fact, entry, leaf);
            if (_isFolded)
                _log.Add(again => Fold(again, fact, entry));
        }

        InvariantWatch.Must(asked is null || act.ToByteString().Equals(asked), 15, "the question itself was changed");
    }

    private void Time()
    {
        int die = _random.Next(100);
        if (die < 60)
            _walk.Pass(0, _random.Next(3));
        else if (die < 97)
            _walk.Pass(_random.Next(4), _random.Next(24));
        else
            _walk.Pass(_random.Next(30));
        if (_walk.Case.State is ProcedureState.D1Defence or ProcedureState.D2Hearing && _random.Next(3) == 0)
            _walk.Pass(_random.Next(12));
    }

    // Files come and go while the case is open.
    private void Evidence()
    {
        if (_random.Next(60) > 0)
            return;
        CaseEvidence[] there = [.. _walk.Case.Evidence.Where(item => !item.Detached)];
        if (_random.Next(2) == 0 && there.Length > 1)
        {
            string key = there[_random.Next(there.Length)].Source.Key;
            _walk.Detach(key);
            _watch.Detached(key);
            _log.Add(again => Moved(again, () => again.Evidence.Single(item => item.Source.Key == key).Detached = true));
        }
        else
        {
            EvidenceSource source = Item(_walk.Case.Evidence.Count);
            _walk.Attach(source);
            _watch.Attached(source);
            _log.Add(again => Moved(again, () => again.Evidence.Add(new CaseEvidence { Source = source })));
        }
    }

    private EvidenceSource Item(int ordinal) => _random.Next(4) switch
    {
        0 => Walk.Reading($"record/{300 + ordinal}"),
        1 => Walk.Reading($"record/{300 + ordinal}", _random.Next(3) == 0 ? Crew.LapsedMonitor : Crew.Monitor, _random.Next(4) == 0 ? "M" : "N"),
        _ => Walk.Footage($"media/{300 + ordinal}"),
    };

    private void FoldAgain()
    {
        ProcedureCase again = _first.Clone();
        foreach (Action<ProcedureCase> happened in _log)
            happened(again);
        InvariantWatch.Must(again.Equals(_walk.Case), 15, "the same facts folded to another state");
    }

    private static void Fold(ProcedureCase again, ProcedureActed fact, ulong entry)
    {
        ProcedureActed read = ProcedureActed.Parser.ParseFrom(fact.ToByteArray());
        ProcedureFold.Apply(again, read, entry, Walk.Leaf(read));
    }

    private static void Moved(ProcedureCase again, Action move)
    {
        move();
        again.EvidenceVersion++;
        ProcedureFold.EvidenceMoved(again);
    }
}
