using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Cases;
using EdgeEnforcement.IngestService.Cases.Erasure;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Projections.Erasures;
using EdgeEnforcement.IngestService.Tests.Ledger;
using EdgeEnforcement.Testing;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Faults;

/// <summary>
/// A lawful deletion, as the second approval carries it out, of one file in the store and one that is still arriving, with a file beside
/// them that stays. Afterwards the order is in the ledger and wholly carried out, or it is not and nothing is gone.
/// </summary>
/// <param name="breaksOff">
/// The path is not the approval but the start after one that broke off: the order is durable, and nothing of it is done.
/// </param>
internal sealed class ErasureScenario(bool breaksOff) : IFaultScenario
{
    private const string Marker = "渝A8T305-涉密线人";
    private static readonly byte[] Gone = Footage("gone");
    private static readonly byte[] Arriving = Footage("arriving");
    private static readonly byte[] Kept = [.. Enumerable.Range(0, 2000).Select(i => (byte)i)];

    private readonly LedgerScenario _ledger = new(s => s.OpenAsync(), _ => Task.CompletedTask);
    private readonly HashSet<byte[]> _secrets = [];
    private MediaStore? _store;
    private ErasureSnapshot? _order;
    private ulong _gone, _arriving, _kept, _padding;
    private bool _isPromised;

    public ShadowFileSystem Disk => _ledger.Disk;

    private MediaStore Store => _store ?? throw new InvalidOperationException("The store is not open.");

    private ErasureSnapshot Order => _order ?? throw new InvalidOperationException("Prepare makes it.");

    private MediaPaths Paths => new(Path.Combine(_ledger.Paths.Data, "media"));

    private bool IsOrdered => _ledger.Ledger.AllEntries().Exists(entry => entry.Leaf.Type == Record.ErasedFieldNumber);

    private static byte[] Footage(string name) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"{Marker}·{name}·", 60)));

    public async Task PrepareAsync()
    {
        await _ledger.PrepareAsync();
        await OpenStoreAsync();
        await FillAsync();
        await AskAsync();
        // In one segment from here on, so that the calls of the path come in one order.
        await CloseAsync();
        _ledger.Fixture.Options.SegmentBytes = 1 << 20;
        await OpenAsync();
        if (breaksOff)
            await BreakOffAsync();
    }

    private async Task FillAsync()
    {
        _gone = await AppendAsync(1, $"DCIM/{Marker}-1.mp4", Gone);
        _kept = await AppendAsync(2, "DCIM/2.mp4", Kept);
        _arriving = await AppendAsync(3, $"DCIM/{Marker}-3.mp4", Arriving);
        // The same number, another name: it goes with the one it contradicts.
        await _ledger.Ledger.ReceiptAsync(Manifest(1, $"DCIM/{Marker}-4.mp4", Gone));
        await UploadAsync(_gone, Gone, finish: true);
        await UploadAsync(_kept, Kept, finish: true);
        await UploadAsync(_arriving, Arriving, finish: false);
    }

    private async Task<ulong> AppendAsync(ulong sequence, string path, byte[] content)
    {
        await _ledger.AppendAsync(Manifest(sequence, path, content));
        var index = _ledger.Ledger.Reader.DurableSize - 1;
        // Between them, so that they lie in several segments.
        await _ledger.AppendAsync(LedgerScenario.Group(100 + (_padding += 10), 4));
        return index;
    }

    private static AppendRequest Manifest(ulong sequence, string path, byte[] content)
    {
        var hash = ByteString.CopyFrom(Sha256Hash.Of(content).ToArray());
        var record = new Record
        {
            Identity = new RecordIdentity { Producer = "dock-1", Epoch = 1, RecordClass = RecordClass.P0, Sequence = sequence },
            MediaManifest = new MediaManifest
            {
                OriginalPath = path, SizeBytes = (ulong)content.Length, ChunkBytes = ManifestShape.ChunkBytes, ChunkSha256 = hash,
                Digests = { new Digest { Algorithm = DigestAlgorithms.Sha256, Value = hash } },
            },
        };
        var envelope = UnsignedEnvelope.Seal(record);
        return new AppendRequest
        {
            Origin = LeafOrigin.Producer, Identity = record.Identity, Type = (ushort)record.BodyCase, Envelope = envelope,
            PayloadFingerprint = PayloadFingerprint.Of(envelope),
        };
    }

    private async Task UploadAsync(ulong index, byte[] content, bool finish)
    {
        var manifest = Store.FindManifest(index).Manifest!;
        var begun = Store.Begin(manifest);
        using (var session = Store.OpenSession(manifest, begun.Generation)!)
        {
            Assert.Null(session.Accept(0, content));
            Assert.Null(session.Commit().Refusal);
        }
        if (finish)
            Assert.NotNull((await Store.FinishAsync(manifest, begun.Generation, CancellationToken.None)).Stored);
    }

    /// Request and first approval, as the acts append them.
    private async Task AskAsync()
    {
        var scan = Scan();
        var items = scan.Items();
        Assert.Equal(4, items.Count); // both manifests, the fact about the first, and the conflict
        _ledger.Erasable = items.Select(item => item.EntryIndex).ToHashSet();
        foreach (var entry in _ledger.Ledger.AllEntries().Where(entry => _ledger.Erasable.Contains(entry.Index.Value)))
            _secrets.Add(entry.Salt.ToArray());
        _secrets.Add(Encoding.UTF8.GetBytes(Marker));
        foreach (var hash in new[] { Sha256Hash.Of(Gone), Sha256Hash.Of(Arriving) })
            _secrets.UnionWith([hash.ToArray(), Encoding.ASCII.GetBytes(hash.ToString())]);

        var request = new ErasureRequested { ErasureId = "E-1", Reason = "保存期满", Article = "第二十一条", Actor = Person("1"), SeenSize = scan.Size };
        request.Requested.AddRange(new[] { _gone, _arriving }.Select(index => new EntryRange { First = index, Last = index }));
        request.Items.AddRange(items);
        var asked = await FactAsync(0, fact => fact.ErasureRequested = request);
        await FactAsync(1, fact => fact.ErasureApproved = new ErasureApproved { ErasureId = "E-1", Actor = Person("2") });
        await _ledger.SignAsync();
        _order = new ErasureSnapshot(request, asked, ErasureState.ApprovedOnce, 2, Person("2"));
    }

    private async Task<ulong> FactAsync(ulong version, Action<Record> fill)
    {
        var fact = new Record { Preconditions = { new StreamPrecondition { Stream = ErasureStream.Of("E-1"), ExpectedVersion = version } } };
        fill(fact);
        return (await _ledger.Ledger.FactAsync(fact)).Outcome.Receipt!.Index.Value;
    }

    private static Actor Person(string id) => new() { Id = id, Name = "人员" + id, Unit = "执法支队" };

    private ErasureScan Scan()
    {
        var subjects = new ErasureSubjects();
        subjects.Add(_ledger.Ledger.Reader.Read(new EntryIndex(_gone)));
        subjects.Add(_ledger.Ledger.Reader.Read(new EntryIndex(_arriving)));
        var scan = new ErasureScan(subjects);
        scan.ReadTo(_ledger.Ledger.Reader, _ledger.Ledger.Reader.DurableSize);
        return scan;
    }

    public Task WorkAsync() => breaksOff ? OpenAsync() : EraseAsync();

    private async Task EraseAsync()
    {
        var core = _ledger.Ledger;
        var tables = new TablesAtOnce();
        // Its decisions ask for alerts and cases; the approval of an erasure asks for neither.
        var state = new ActState(core.Marks, core.Reader, tables, alerts: null!, cases: null!, tables);
        var execution = new ErasureExecution(core.Reader, core.Facts, tables, Store, tables, state);
        var result = await execution.RunAsync(Order, Person("2"), Person("3"), Scan(), CancellationToken.None);
        Assert.Null(result.Refusal);
        Assert.NotNull(result.Receipt);
        _isPromised = true;
    }

    /// The leaf is written and flushed; the call after that, the first of carrying it out, is the last thing this process does.
    private async Task BreakOffAsync()
    {
        var (notice, looks, armed) = (Disk.Writing, Disk.CountLooks, false);
        Disk.CountLooks = false;
        Disk.Writing = (path, bytes) =>
        {
            notice?.Invoke(path, bytes);
            if (armed || !path.StartsWith(_ledger.Paths.Segments, StringComparison.Ordinal))
                return;
            armed = true;
            Disk.FailAt(3, ShadowFault.PowerOffBeforeEffect);
        };
        await Assert.ThrowsAsync<LedgerFatalException>(EraseAsync);
        (Disk.Writing, Disk.CountLooks) = (notice, looks);
        Assert.Equal("open", Disk.FaultedCall?.Kind);
        await LetGoAsync();
        Disk.RestartProcess();
        _isPromised = true; // durable, if not answered: the next start has to carry it out
    }

    public async Task OpenAsync()
    {
        await _ledger.OpenAsync();
        await OpenStoreAsync();
    }

    private Task OpenStoreAsync()
    {
        var options = Options.Create(new MediaOptions { Directory = Paths.Root, ReserveBytes = 0 });
        _store = new MediaStore(Disk, _ledger.Ledger.Reader, _ledger.Ledger.Facts, options, NullLogger<MediaFinisher>.Instance);
        return _store.StartAsync(CancellationToken.None);
    }

    private async Task CloseAsync()
    {
        _store?.Dispose();
        _store = null;
        await _ledger.CloseAsync();
    }

    public async Task LetGoAsync()
    {
        _store?.Dispose();
        _store = null;
        await _ledger.LetGoAsync();
    }

    public async Task CheckAsync()
    {
        await OpenAsync();
        Assert.True(IsOrdered || !_isPromised, "an approval was answered and its deletion leaf is gone");
        if (!IsOrdered)
        {
            HoldUntouched();
            await EraseAsync();
        }
        HoldErased();
        await _ledger.HoldAsync();
        ProveAll();
        HoldErased();
    }

    private void HoldUntouched()
    {
        Assert.Equal(0UL, _ledger.Ledger.Reader.ErasedThrough);
        Assert.Empty(Disk.EnumerateFiles(Paths.ErasingDirectory));
        Assert.Equal(Gone, Disk.ReadAllBytes(Paths.Object(Sha256Hash.Of(Gone))));
        Assert.Equal(Arriving, Disk.ReadAllBytes(Paths.Data(_arriving)));
        Assert.Equal(Kept, Disk.ReadAllBytes(Paths.Object(Sha256Hash.Of(Kept))));
        Assert.All(_ledger.Erasable, index => Assert.False(_ledger.Ledger.Reader.Read(new EntryIndex(index)).IsErased));
    }

    private void HoldErased()
    {
        Assert.All(_ledger.Ledger.AllEntries(), entry => Assert.Equal(_ledger.Erasable.Contains(entry.Index.Value), entry.IsErased));
        Assert.Empty(Disk.EnumerateFiles(Paths.ErasingDirectory));
        Assert.Equal(Kept, Disk.ReadAllBytes(Paths.Object(Sha256Hash.Of(Kept))));
        Assert.NotNull(Store.FindManifest(_kept).Manifest);
        Assert.Null(Store.FindManifest(_gone).Manifest);
        AssertNowhere(Disk, "as programs see it");
        AssertNowhere(Disk.DurableCopy(), "after a power cut");
        Assert.DoesNotContain(Disk.PunchedBlocks(), bytes => _secrets.Any(secret => bytes.AsSpan().IndexOf(secret) >= 0));
        // Footage is never given back to the file system as it is. Recovery's copies of a segment's tail are: docs/decisions/erasure.md.
        Assert.DoesNotContain(Disk.FreeBlocks(), bytes => bytes.AsSpan().IndexOf(Gone.AsSpan(0, 40)) >= 0 || bytes.AsSpan().IndexOf(Arriving.AsSpan(0, 40)) >= 0);
    }

    private void AssertNowhere(ShadowFileSystem disk, string when)
    {
        foreach (var path in disk.AllFiles())
        {
            var bytes = disk.ReadAllBytes(path);
            foreach (var secret in _secrets)
                Assert.True(bytes.AsSpan().IndexOf(secret) < 0 && Encoding.UTF8.GetBytes(path).AsSpan().IndexOf(secret) < 0,
                    $"{path} still holds what was erased, {when}");
        }
    }

    private void ProveAll()
    {
        var newest = _ledger.Ledger.Proofs.Newest.Checkpoint;
        foreach (var entry in _ledger.Ledger.AllEntries().Where(entry => entry.Index.Value < newest.Size))
            Assert.Equal(ProofFinding.Proven, RecordProof.Check(
                entry.LeafBytes.Span, entry.Index.Value, [.. _ledger.Ledger.Proofs.Inclusion(entry.Index, newest.Size)!], newest));
    }
}
