using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Append;
using EdgeEnforcement.IngestService.Ledger.Recovery;
using EdgeEnforcement.IngestService.Tests.Ledger;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;
using EdgeEnforcement.Testing.Exploration;
using Record = EdgeEnforcement.Contracts.V1.Record;
using static EdgeEnforcement.Testing.Exploration.BrokenPromiseException;

namespace EdgeEnforcement.IngestService.Tests.Explorer;

/// <summary>
/// The commit protocol over the real ledger on a shadow disk. The phases that the queue's thread runs (stage, flush, complete), the
/// checkpoint step and the files of a seal are actions of their own; senders send again what they have no answer to; the network may
/// lose a group's answers; the process may be killed and the power cut between any two actions, and inside any of them.
/// </summary>
/// <remarks>
/// Senders send only between groups: what comes while a group is on its way waits outside the code under test until the next, so
/// sending it later is the same.
/// </remarks>
internal sealed class CommitWorld : IWorld
{
    // Two small batches fill a segment: rolls and seals are reached within a few actions.
    private const long SegmentBytes = 512;

    private static readonly string[] CutActions = ["stage", "checkpoint", "snapshot", "open"];

    private readonly LedgerFixture _fixture = new(SharedKey);
    private readonly IReadOnlyList<Message> _cast;
    private readonly CommitWorldOptions _options;
    private readonly SealQueue _seals = new();
    private readonly HashSet<Checkpoint> _signed = [];
    private readonly List<(Message? Message, AppendItem Item)> _waiting = [];
    private (Message? Message, AppendItem Item)[] _group = [];
    private LedgerCore? _core;
    private ulong _sizeAtOpen;
    private string _phase = "down";
    private int _calls;

    public CommitWorld(CommitWorldOptions options)
    {
        _options = options;
        _cast = options.Cast();
        _fixture.Options.SegmentBytes = SegmentBytes;
        Use(_fixture.Disk);
    }

    private void Use(ShadowFileSystem disk)
    {
        _fixture.Disk = disk;
        _fixture.Files = _options.Disk?.Invoke(disk);
    }

    public IWorld? Fork()
    {
        if (_phase != "down" || Disk.HasUnsynced)
            return null;
        var copy = new CommitWorld(_options);
        copy.Use(Disk.DurableCopy());
        foreach (var (mine, other) in _cast.Zip(copy._cast))
            other.TakeFrom(mine);
        copy._signed.UnionWith(_signed);
        return copy;
    }

    private static SigningKey SharedKey { get; } = SigningKey.Create();

    private ShadowFileSystem Disk => _fixture.Disk;

    private LedgerCore Core => _core ?? throw new InvalidOperationException("The service is down.");

    public IReadOnlyList<string> Actions()
    {
        if (_phase == "down")
            return ["open"];
        var actions = new List<string>();
        if (_phase == "idle")
        {
            actions.AddRange(_cast.Where(MaySend).Select(m => $"append {m.Name}"));
            if (_waiting.Count > 0)
                actions.Add("stage");
        }
        else if (_phase == "staged")
        {
            actions.Add("flush");
        }
        else
        {
            actions.AddRange(["complete", "lose"]);
        }
        if (Core.Step.IsDue)
            actions.Add("checkpoint");
        if (_seals.Count > 0)
            actions.Add("snapshot");
        actions.AddRange(_options.Crashes.Where((_, i) => i == 0 || Disk.HasUnsynced).Select(c => $"crash {c}"));
        return actions;
    }

    private bool MaySend(Message message) =>
        _waiting.All(w => w.Message != message) && (!message.IsAnswered || message.Repeats < _options.Repeats);

    public IReadOnlyList<string> Variants(string action) => !_options.CutsInside || !CutActions.Contains(action)
        ? []
        : [.. from call in Enumerable.Range(1, Math.Max(0, _calls - 1))
              from crash in _options.CutCrashes
              select $"cut {call.ToString(CultureInfo.InvariantCulture)} {crash} {action}"];

    public void Apply(string action)
    {
        var words = action.Split(' ');
        var before = Disk.CallCount;
        if (words[0] == "cut")
            Cut(int.Parse(words[1], CultureInfo.InvariantCulture), words[2], words[3]);
        else if (words[0] == "crash")
            Crash(words[1]);
        else if (words[0] == "append")
            Send(_cast.Single(m => m.Name == words[1]));
        else
            Do(action);
        _calls = Disk.CallCount - before;
        RememberSigned();
    }

    private void Send(Message message)
    {
        message.Repeats += message.IsAnswered ? 1 : 0;
        _waiting.Add((message, message.NewItem()));
    }

    private void Do(string action)
    {
        switch (action)
        {
            case "open":
                Open();
                break;
            case "stage":
                _group = [.. _waiting];
                _waiting.Clear();
                Core.Sequencer.Stage(Items());
                _phase = "staged";
                break;
            case "flush":
                Core.Sequencer.Flush();
                _phase = "flushed";
                break;
            case "complete" or "lose":
                Complete(delivered: action == "complete");
                break;
            case "checkpoint":
                Core.Step.Run();
                break;
            case "snapshot":
                _seals.WriteOne();
                break;
            default:
                throw new ArgumentException($"There is no action '{action}'.", nameof(action));
        }
    }

    private void Complete(bool delivered)
    {
        Core.Sequencer.Complete(Items());
        foreach (var (message, item) in _group)
        {
            Unless(item.Ticket.Outcome.IsCompletedSuccessfully, $"{message?.Name} got no answer");
            var outcome = item.Ticket.Outcome.Result;
            if (!delivered || message is null)
                continue;
            if (outcome.Receipt is { } receipt)
                message.Receipts.Add(receipt);
            else
                message.Refusals.Add(outcome.Refusal!); // an outcome is exactly one of the two
        }
        _group = [];
        _phase = "idle";
    }

    private AppendItem[] Items() => Array.ConvertAll(_group, g => g.Item);

    private void Open()
    {
        _core = LedgerCore.Open(_fixture.SettingWith(SaltsByPlace, _seals.Over));
        _sizeAtOpen = _core.Reader.DurableSize;
        _phase = "idle";
        // As at start: the cut is the first thing that waits.
        if (_core.Report.Cut is { } cut)
            _waiting.Add((null, new AppendItem(LeafOrigin.Ledger, new Record
            {
                TailCut = new TailCut { File = cut.File, Offset = (ulong)cut.Offset.Value, Bytes = (ulong)cut.Bytes, NextIndex = cut.FirstLost.Value },
            })));
    }

    // Salts that follow from the entry's place: worlds that came the same way about are the same byte for byte.
    private void SaltsByPlace(byte[] salts)
    {
        for (var at = 0; at < salts.Length; at += Commitment.SaltBytes)
            Sha256Hash.Of(BitConverter.GetBytes(Core.Reader.DurableSize + (ulong)at)).ToArray().AsSpan(0, Commitment.SaltBytes).CopyTo(salts.AsSpan(at));
    }

    private void Cut(int call, string crash, string action)
    {
        Disk.FailAt(call, ShadowFault.PowerOffAfterEffect);
        try
        {
            Do(action);
        }
        catch (Exception) when (Disk.FaultReached)
        {
            // Whatever the code makes of it: the process is gone.
        }
        Unless(Disk.FaultReached, $"there is no call {call} in '{action}'");
        RememberSigned();
        Crash(crash);
    }

    private void Crash(string how)
    {
        if (how == "kill")
        {
            Disk.RestartProcess();
        }
        else
        {
            var parts = how.Split(':');
            var seed = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
            Disk.Crash(Enum.Parse<CrashMode>(parts[0], ignoreCase: true), seed);
            // All is durable now; a copy in a fixed order makes the next seed mean the same wherever a path is taken up again.
            Use(Disk.DurableCopy());
        }
        _core = null;
        _group = [];
        _waiting.Clear();
        _seals.Clear();
        _phase = "down";
    }

    // A signature that was made may have been seen, wherever the cut came.
    private void RememberSigned()
    {
        foreach (var path in (string[])[_fixture.Paths.LastSigned, _fixture.Paths.Checkpoint])
            foreach (var name in (string[])[path, path + ".tmp"])
                if (DurableLedger.NoteAt(Disk, name) is { } checkpoint)
                    _signed.Add(checkpoint);
    }

    public void Check()
    {
        var durable = DurableLedger.Read(Disk, _fixture.Paths);
        if (_core is { } core)
            Unless(core.Reader.DurableSize <= (ulong)durable.Entries.Count,
                $"the ledger says {core.Reader.DurableSize} entries are durable, there are {durable.Entries.Count}");
        CommitPromises.Check(durable, _cast, _signed);
    }

    public void Describe(BinaryWriter into)
    {
        Disk.Describe(into, WithoutSignature);
        into.Write(_phase);
        into.Write(_sizeAtOpen);
        into.Write(_seals.Count);
        into.Write(_core?.Step.Newest?.Checkpoint.Size.ToString(CultureInfo.InvariantCulture) ?? "none");
        foreach (var (message, _) in _waiting.Concat(_group))
            into.Write(message?.Name ?? "cut");
        foreach (var message in _cast)
            message.Describe(into);
    }

    // ECDSA is randomised: of a note the text counts, and whether the signature is there as a whole.
    private static byte[] WithoutSignature(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\n\n"u8);
        return end < 0 ? bytes : [.. bytes[..end], bytes[^1] == '\n' ? (byte)1 : (byte)0];
    }

    public void Settle()
    {
        Finish();
        foreach (var message in _cast)
            if (!message.IsAnswered)
                Send(message);
        Finish();
        Unless(_cast.All(m => m.IsAnswered), "there is a message without an answer");
        CheckAnswers();
        Apply("crash drop");
        Finish();
        foreach (var message in _cast.Where(m => m.Receipts.Count > 0 && m.Envelope is not null))
            Send(message);
        Finish();
        CheckAnswers();
        foreach (var receipt in _cast.SelectMany(m => m.Receipts))
            Prove(receipt);
    }

    private void Finish()
    {
        if (_phase == "down")
            Apply("open");
        if (_phase == "staged")
            Apply("flush");
        if (_phase == "flushed")
            Apply("complete");
        if (_waiting.Count > 0)
        {
            Apply("stage");
            Apply("flush");
            Apply("complete");
        }
        while (_seals.Count > 0)
            Apply("snapshot");
        Apply("checkpoint");
        Check();
    }

    private void CheckAnswers()
    {
        foreach (var rivals in _cast.Where(m => m.Identity is not null).GroupBy(m => m.Identity))
            Unless(rivals.SelectMany(m => m.Receipts).Where(r => r.Code == ReceiptCode.Appended).DistinctBy(r => r.Index).Count() <= 1,
                $"{rivals.Key} was appended twice");
        if (_cast.All(m => m.Identity is { } identity && identity.Producer != FactEnvelope.Clerk))
            return;
        // An operator's act whose answer was lost is refused when it is done again: its first try stands.
        Unless(_cast.Count(m => m.Receipts.Count > 0 && (m.Identity is null || m.Identity.Producer == FactEnvelope.Clerk)) <= 1, "one precondition was won twice");
        var won = DurableLedger.Read(Disk, _fixture.Paths).Entries.Count(CommitPromises.IsConditional);
        Unless(won == 1, $"{won} entries hold the precondition that one of them had to win");
    }

    private void Prove(AppendReceipt receipt)
    {
        var newest = Core.Proofs.Newest.Checkpoint;
        var path = Core.Proofs.Inclusion(receipt.Index, newest.Size);
        Unless(path is not null && RecordProof.Check(receipt.Leaf.Span, receipt.Index.Value, [.. path], newest) == ProofFinding.Proven,
            $"entry {receipt.Index} has no proof under size {newest.Size}");
    }

    private sealed class SealQueue : ISealedSegmentSink
    {
        private readonly Queue<(SealedSegment Segment, ulong Size, byte[] State)> _waiting = new();
        private SnapshotDirectory? _directory;

        public int Count => _waiting.Count;

        public SealQueue Over(SnapshotDirectory directory)
        {
            _directory = directory;
            return this;
        }

        public void Sealed(SealedSegment segment, ulong size, byte[] stateSnapshot) => _waiting.Enqueue((segment, size, stateSnapshot));

        // As the pump does it.
        public void WriteOne()
        {
            var (segment, size, state) = _waiting.Dequeue();
            _directory!.WriteSealed(segment); // a seal came through Over
            _directory.WriteState(size, state);
        }

        public void Clear() => _waiting.Clear();
    }
}
