using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Checkpoints;
using EdgeEnforcement.IngestService.Ledger.Verify;
using EdgeEnforcement.IngestService.Tests.Ledger;
using EdgeEnforcement.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeEnforcement.IngestService.Tests.Faults;

/// <summary>
/// A ledger and its producers over several lives: what was sent, which receipts came back, and every checkpoint whose signing got as
/// far as the disk. The check is the one a producer, an auditor and a restart would make.
/// </summary>
internal sealed class LedgerScenario(Func<LedgerScenario, Task> prepare, Func<LedgerScenario, Task> work) : IFaultScenario
{
    // Proofs of all of a long ledger would be the whole cost of a run; the ends and every sixteenth between say as much.
    private const int ProvedOneByOne = 40;

    private readonly List<AppendRequest> _sent = [];
    private readonly Dictionary<AppendRequest, AppendReceipt> _receipts = [];
    private readonly Dictionary<ulong, Sha256Hash> _signed = [];
    private readonly List<string> _forks = [];
    private ulong _afterwards = 1_000_000;
    private SigningKey? _key;

    public LedgerFixture Fixture { get; } = new();

    /// <summary>What a deletion leaf may take. Once the ledger holds one, what was promised of these is their leaf and no more.</summary>
    public IReadOnlySet<ulong> Erasable { get; set; } = new HashSet<ulong>();

    public ShadowFileSystem Disk => Fixture.Disk;

    public LedgerPaths Paths => Fixture.Paths;

    public LedgerCore? Core { get; private set; }

    public LedgerCore Ledger => Core ?? throw new InvalidOperationException("The ledger is not open.");

    /// <summary>Grouping must not be a matter of chance: the first holds the flush until the others are queued.</summary>
    public static IReadOnlyList<AppendRequest> Group(ulong first, int count, int padding = 400) =>
        [.. Enumerable.Range(0, count).Select(i => LedgerFixture.Request(first + (ulong)i, padding: padding))];

    public Task PrepareAsync()
    {
        Fixture.Options.SegmentBytes = 4096;
        // Only when somebody waits for it: the calls of a path come in one order.
        Fixture.Options.CheckpointIntervalMilliseconds = 3_600_000;
        Disk.Writing = Notice;
        return prepare(this);
    }

    public Task WorkAsync() => work(this);

    private void Notice(string path, byte[] bytes)
    {
        if (!path.EndsWith("last-signed.tmp", StringComparison.Ordinal) && !path.EndsWith("checkpoint.tmp", StringComparison.Ordinal))
            return;
        if (!SignedNote.TryParse(bytes, out var note) || !Checkpoint.TryParse(note.Text.Span, out var checkpoint))
            _forks.Add($"'{path}' is no checkpoint");
        else if (!_signed.TryAdd(checkpoint.Size, checkpoint.Root) && _signed[checkpoint.Size] != checkpoint.Root)
            _forks.Add($"two roots were signed for size {checkpoint.Size}");
    }

    public async Task OpenAsync()
    {
        Fixture.Key = _key = CheckpointKeyFile.LoadOrCreate(Disk, Paths, out _);
        Core = LedgerCore.Open(Fixture.SettingWith(fillSalts: null, seals: directory => new SealWriter(directory)));
        await Core.StartAsync(TestContext.Current.CancellationToken);
    }

    public async Task CloseAsync()
    {
        var core = Ledger;
        Core = null;
        await core.DisposeAsync();
    }

    /// <summary>One after the other, each with its own flush.</summary>
    public async Task AppendAsync(params IEnumerable<AppendRequest> requests)
    {
        foreach (var request in requests)
            await AnswerAsync(request, await SendAsync(request));
    }

    /// <summary>The first alone and all others as one group under one flush.</summary>
    public async Task AppendTogetherAsync(IReadOnlyList<AppendRequest> requests)
    {
        using var reached = new SemaphoreSlim(0);
        using var released = new ManualResetEventSlim();
        Disk.BeforeFlush = () =>
        {
            reached.Release();
            released.Wait();
        };
        var first = await SendAsync(requests[0]);
        // The write before the flush may be the one that fails.
        await Task.WhenAny(first.Outcome, reached.WaitAsync());
        Disk.BeforeFlush = null;
        var tickets = new List<AppendTicket> { first };
        try
        {
            foreach (var request in requests.Skip(1))
                tickets.Add(await SendAsync(request));
        }
        finally
        {
            released.Set();
        }
        for (var i = 0; i < requests.Count; i++)
            await AnswerAsync(requests[i], tickets[i]);
    }

    public ValueTask<AppendTicket> SendAsync(AppendRequest request)
    {
        _sent.Add(request);
        return Ledger.Appender.AppendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task AnswerAsync(AppendRequest request, AppendTicket ticket)
    {
        var outcome = await ticket.Outcome.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Null(outcome.Refusal);
        Assert.NotNull(outcome.Receipt);
        outcome.Receipt.AssertCovers(request);
        _receipts.TryAdd(request, outcome.Receipt);
    }

    public async Task SignAsync() => await Ledger.Proofs.WaitForSizeAsync(Ledger.Reader.DurableSize, TestContext.Current.CancellationToken);

    public async Task LetGoAsync()
    {
        Disk.BeforeFlush = null;
        if (Core is { } core)
            try
            {
                await core.DisposeAsync();
            }
            catch (Exception e) when (e is IOException or LedgerFatalException)
            {
                // The power is off.
            }
        Core = null;
        _key?.Dispose();
    }

    public async Task CheckAsync()
    {
        await OpenAsync();
        await HoldAsync();
    }

    /// <summary>Holds an opened ledger to everything, goes on, and does it again.</summary>
    public async Task HoldAsync()
    {
        await SignAsync();
        Verify("after the start");
        HoldReceipts();
        await ResendAsync();
        await GoOnAsync();
        await SignAsync();
        HoldReceipts();
        HoldSigned();
        HoldIdentities();
        Prove();
        Verify("after going on");
    }

    private void HoldReceipts()
    {
        foreach (var (request, receipt) in _receipts)
        {
            Assert.True(receipt.Index.Value < Ledger.Reader.DurableSize, $"entry {receipt.Index.Value} was promised, the ledger ends at {Ledger.Reader.DurableSize}");
            var entry = Ledger.Reader.Read(receipt.Index);
            Assert.True(entry.LeafBytes.Span.SequenceEqual(receipt.Leaf.Span), $"entry {receipt.Index.Value} has another leaf than was promised");
            if (IsGone(receipt.Index))
            {
                Assert.True(entry is { IsErased: true, Salt.IsEmpty: true, Envelope.IsEmpty: true }, $"entry {receipt.Index.Value} was erased and is there");
                continue;
            }
            Assert.False(entry.IsErased, $"entry {receipt.Index.Value} was erased by nobody");
            Assert.True(entry.Salt.Span.SequenceEqual(receipt.Salt.Span));
            Assert.True(entry.Envelope.Span.SequenceEqual(request.Envelope.Span));
        }
    }

    private bool IsGone(EntryIndex index) => Ledger.Reader.ErasedThrough > 0 && Erasable.Contains(index.Value);

    /// A producer sends again whatever has no answer, and may send again what has one.
    private async Task ResendAsync()
    {
        foreach (var request in _sent.Distinct().ToList())
        {
            var known = _receipts.GetValueOrDefault(request);
            if (known is not null && _receipts.Count > ProvedOneByOne && known.Index.Value % 16 != 0)
                continue;
            var again = await Ledger.ReceiptAsync(request);
            if (known is not null && IsGone(known.Index))
            {
                Assert.Equal((ReceiptCode.Erased, known.Index, true), (again.Code, again.Index, again.Salt.IsEmpty));
                Assert.True(known.Leaf.Span.SequenceEqual(again.Leaf.Span));
            }
            else if (known is not null)
                again.AssertOriginal(known, known.Code == ReceiptCode.Conflict ? ReceiptCode.Conflict : ReceiptCode.Duplicate);
            else
                _receipts.Add(request, again);
        }
    }

    private Task GoOnAsync()
    {
        var first = _afterwards += 100;
        // Enough for a roll with the segments of these tests.
        return AppendAsync(Group(first, 8, padding: 600));
    }

    private void HoldSigned()
    {
        Assert.Empty(_forks);
        var frontier = new MerkleFrontier();
        var open = new Dictionary<ulong, Sha256Hash>(_signed);
        Compare();
        foreach (var entry in Ledger.AllEntries())
        {
            frontier.Append(MerkleHashing.Leaf(entry.LeafBytes.Span));
            Compare();
        }
        Assert.True(open.Count == 0, $"sizes {string.Join(", ", open.Keys)} were signed, the ledger has {frontier.Size}");

        void Compare()
        {
            if (open.Remove(frontier.Size, out var root))
                Assert.True(root == frontier.Root(), $"the root that was signed for size {frontier.Size} is not the ledger's");
        }
    }

    private void HoldIdentities()
    {
        var seen = new HashSet<(string, uint, byte, ulong)>();
        foreach (var leaf in Ledger.AllEntries().Select(e => e.Leaf).Where(l => !l.Flags.HasFlag(LeafFlags.Conflict)))
            Assert.True(seen.Add((leaf.Producer, leaf.Epoch, leaf.Class, leaf.Sequence)), $"sequence {leaf.Sequence} of {leaf.Producer} is there twice");
    }

    private void Prove()
    {
        var newest = Ledger.Proofs.Newest.Checkpoint;
        foreach (var receipt in _receipts.Values)
        {
            if (_receipts.Count > ProvedOneByOne && receipt.Index.Value % 16 != 0)
                continue;
            var path = Ledger.Proofs.Inclusion(receipt.Index, newest.Size);
            Assert.NotNull(path);
            Assert.True(ProofVerifier.VerifyInclusion(MerkleHashing.Leaf(receipt.Leaf.Span), receipt.Index.Value, newest.Size, [.. path], newest.Root));
        }
        foreach (var (size, root) in _signed.Where(s => s.Key > 0)) // nothing has no path to anything
        {
            var path = Ledger.Proofs.Consistency(size, newest.Size);
            Assert.NotNull(path);
            Assert.True(ProofVerifier.VerifyConsistency(size, root, newest.Size, newest.Root, [.. path]), $"size {size} is not consistent");
        }
    }

    public void Verify(string when)
    {
        using var output = new StringWriter();
        var code = VerifyCommand.Run(Disk, Paths, Ledger.Proofs.VerifierKey, output);
        Assert.True(code == ExitCode.Ok, $"verify {when}: {output}");
    }
}
