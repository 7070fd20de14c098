using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Faults;

/// <summary>
/// A station's spool, receipts, epoch, key and pinned checkpoint over several lives, and a centre that remembers everything it was
/// ever sent: a number given twice, a record unsaid or an epoch gone back would show there.
/// </summary>
internal sealed class StationScenario(Func<StationScenario, Task> prepare, Func<StationScenario, Task> work) : IFaultScenario
{
    private const string Producer = "dock-test";

    private readonly AgentPaths _paths = new("/station/agent");
    private readonly FakeLedger _centre = new();
    private readonly Dictionary<RecordKey, byte[]> _promised = [];
    private readonly Dictionary<RecordKey, ulong> _receipts = [];
    private readonly HashSet<RecordKey> _proofs = [];
    private byte[]? _publicKey;
    private uint _centreEpoch;
    private ulong _pinnedSize;
    private ulong _deletedP2;
    private ProducerKey? _key;
    private AgentSpool? _spool;
    private ReceiptStore? _store;
    private PinnedLedger? _pin;

    public ShadowFileSystem Disk { get; } = new();

    /// <summary>Stands between the station and the disk: a call that is left out.</summary>
    public Func<IFileSystem, IFileSystem> Between { get; init; } = static disk => disk;

    public AgentSpool Spool => _spool ?? throw new InvalidOperationException("The station is not open.");

    private ReceiptStore Receipts => _store ?? throw new InvalidOperationException("The station is not open.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task PrepareAsync() => prepare(this);

    public Task WorkAsync() => work(this);

    public async Task OpenAsync()
    {
        var disk = Between(Disk);
        _key = new ProducerKey(disk, _paths);
        _key.Open();
        var options = new AgentOptions { Producer = Producer, SpoolSegmentBytes = 1024 };
        _spool = new AgentSpool(disk, _paths, _key, options, TimeProvider.System, NullLogger<AgentSpool>.Instance);
        await _spool.OpenAsync(_key.ExistedBefore, Cancellation);
        _store = new ReceiptStore(disk, _paths);
        _store.Open();
        _pin = new PinnedLedger(disk, _paths);
        _pin.Open();
        if (Spool.NeedsEpoch)
            await RollOverAsync();
        Assert.True(Spool.State!.Epoch >= _centreEpoch, $"epoch {Spool.State.Epoch} after the centre has seen {_centreEpoch}");
    }

    public async Task AppendAsync(RecordClass recordClass, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var spooled = await Spool.AppendAsync(recordClass, new Record { FieldAlert = new FieldAlert { Title = "a" } }, Cancellation);
            Assert.True(_promised.TryAdd(spooled.Key, spooled.Envelope.ToArray()), $"{spooled.Key} was given twice");
        }
    }

    /// <summary>Sends what has no answer, stores receipts and, for P0, a proof.</summary>
    public async Task ReportAsync()
    {
        foreach (var log in Spool.All)
            foreach (var (key, envelope) in log.ReadFrom(log.FirstSequence, int.MaxValue, long.MaxValue).ToList())
            {
                if (Receipts.IsAnswered(key))
                    continue;
                var receipt = Take(envelope.ToArray());
                await Receipts.AddAsync(ReceiptKind.Record, key, receipt, Cancellation);
                _receipts[key] = receipt.Index;
                if (key.Class != RecordClass.P0)
                    continue;
                await Receipts.AddAsync(ReceiptKind.RecordProof, key, new InclusionProofAnswer { Index = receipt.Index }, Cancellation);
                _proofs.Add(key);
            }
    }

    private Receipt Take(byte[] envelope)
    {
        Assert.True(EnvelopeReader.TryRead(envelope, out var opened));
        _publicKey ??= _key!.Key.Spki;
        Assert.True(EnvelopeVerifier.Verify(opened, _publicKey), "a record is signed with another key than the centre knows");
        _centreEpoch = Math.Max(_centreEpoch, opened.Identity!.Epoch);
        var receipt = _centre.Append(envelope);
        Assert.NotEqual(ReceiptCode.Conflict, receipt.Code);
        return receipt;
    }

    public void Pin()
    {
        var size = _centre.Size;
        _pin!.Save(new LedgerPin(FakeLedger.Origin, _centre.VerifierKey, BitConverter.GetBytes(size), "", []));
        _pinnedSize = size;
    }

    public async Task RollOverAsync()
    {
        await Spool.RequestRolloverAsync("test", Cancellation);
        var next = Math.Max(_centreEpoch, Spool.State?.Epoch ?? 0) + 1;
        Assert.True(await Spool.OpenEpochAsync(next, () => true, Cancellation));
    }

    public void DeleteAnswered()
    {
        var log = Spool.Find(1, RecordClass.P2)!;
        var upTo = Receipts.ContiguousOf(1, RecordClass.P2);
        // A power cut in the middle may have deleted already.
        _deletedP2 = upTo;
        log.DeleteUpTo(upTo);
    }

    public async Task LetGoAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _spool, _store })
            try
            {
                if (part is not null)
                    await part.DisposeAsync();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The power is off.
            }
        _key?.Dispose();
        (_spool, _store, _pin, _key) = (null, null, null, null);
    }

    public async Task CheckAsync()
    {
        await OpenAsync();
        Hold();
        await ReportAsync();
        await AppendAsync(RecordClass.P0, 2);
        await AppendAsync(RecordClass.P2, 2);
        await ReportAsync();
        Pin();
        Hold();
    }

    private void Hold()
    {
        if (_publicKey is { } known)
            Assert.Equal(known, _key!.Key.Spki);
        foreach (var (key, envelope) in _promised)
        {
            if (key is { Epoch: 1, Class: RecordClass.P2 } && key.Sequence <= _deletedP2)
                continue;
            var log = Spool.Find(key.Epoch, key.Class);
            Assert.True(log is not null && key.Sequence <= log.LastSequence, $"{key} was promised and is gone");
            Assert.Equal(envelope, log.Read(key.Sequence).ToArray());
        }
        foreach (var log in Spool.All)
        {
            var next = log.FirstSequence;
            foreach (var (key, _) in log.ReadFrom(log.FirstSequence, int.MaxValue, long.MaxValue))
                Assert.Equal(next++, key.Sequence);
        }
        foreach (var (key, index) in _receipts)
        {
            Assert.True(Receipts.IsAnswered(key), $"the receipt of {key} is gone");
            if (key.Class == RecordClass.P0)
                Assert.Equal(index, Receipts.ReadReceipt(key)!.Index);
        }
        foreach (var key in _proofs)
            Assert.NotNull(Receipts.ReadProof(key, ReceiptKind.RecordProof));
        if (_pinnedSize > 0)
            Assert.True(BitConverter.ToUInt64(_pin!.Current!.LastNote) >= _pinnedSize, "the pinned checkpoint went back");
    }
}
