using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Scrub;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Ledger.Scrub;

/// <summary>A running ledger of many small segments on a real disk, with media, and a scrubber beside it whose clock the test moves.</summary>
internal sealed class ScrubHost : IAsyncDisposable
{
    private readonly LedgerFixture _fixture = new();
    private readonly string _data = Directory.CreateTempSubdirectory("ee-scrub-").FullName;
    private LedgerCore? _core;
    private ScrubPump? _pump;
    private ulong _next = 1;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 21, 14, 0, 0, TimeSpan.Zero));

    public ScrubOptions Options { get; } = new() { MegabytesPerSecond = 1 };

    public ScrubStatus Status { get; private set; } = new();

    public LogLines Log { get; } = new();

    public LedgerPaths Paths => new(_data);

    public LedgerCore Core => _core ?? throw new InvalidOperationException("The ledger is not open.");

    public List<string> Objects { get; } = [];

    public string[] Segments => [.. Directory.GetFiles(Paths.Segments, "*.seg").Order(StringComparer.Ordinal)];

    public ScrubState? Saved => new ScrubCursor(new PhysicalFileSystem(), Paths.ScrubCursor).Read();

    public async Task OpenAsync()
    {
        var shadow = _fixture.Setting;
        shadow.Options.SegmentBytes = 64 << 10;
        _core = LedgerCore.Open(new LedgerSetting
        {
            Files = new PhysicalFileSystem(), Paths = Paths, Options = shadow.Options, Signer = shadow.Signer, Time = shadow.Time,
            Metrics = shadow.Metrics, Log = NullLogger.Instance, NewLogId = shadow.NewLogId,
        });
        await _core.StartAsync(TestContext.Current.CancellationToken);
    }

    public void StartScrubber()
    {
        Status = new ScrubStatus();
        _pump = new ScrubPump(
            new ScrubSetting { Files = new PhysicalFileSystem(), Paths = Paths, Options = Options, Verifier = _fixture.Verifier, Time = Time }, Core.Facts, Status, Log);
        _pump.Start();
    }

    public async Task StopScrubberAsync()
    {
        if (_pump is not null)
            await _pump.DisposeAsync();
        _pump = null;
    }

    public async Task FillAsync(int records, int objects)
    {
        for (var i = 0; i < objects; i++)
        {
            byte[] content = [.. Enumerable.Range(0, 30_000).Select(n => (byte)(n * (i + 3)))];
            var hash = Sha256Hash.Of(content);
            var path = Path.Combine(Paths.MediaObjects, hash.ToString()[..2], hash.ToString());
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, content);
            Objects.Add(path);
            await Core.FactAsync(new Record { MediaStored = new MediaStored { Sha256 = ByteString.CopyFrom(hash.ToArray()), SizeBytes = (ulong)content.Length } }, LeafOrigin.Ledger);
            await AppendAsync(records / objects);
        }
        await Core.Proofs.WaitForSizeAsync(Core.Reader.DurableSize, TestContext.Current.CancellationToken);
    }

    public async Task AppendAsync(int records) =>
        await Task.WhenAll(Enumerable.Range(0, records).Select(_ => Core.ReceiptAsync(LedgerFixture.Request(_next++, padding: 200))));

    /// <summary>Moves the clock, a second at a time, until it is so.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, deadline.Token);
        }
    }

    /// <summary>The next whole round, from now on.</summary>
    public async Task<ScrubState> RoundAsync()
    {
        var last = Status.State.VerifiedAt;
        Time.Advance(Options.Pause > Options.FirstAfter ? Options.Pause : Options.FirstAfter);
        await UntilAsync(() => Status.State.VerifiedAt != last && Status.State.Ended is not null);
        // Its own entry is signed: nothing more is written until somebody appends.
        await Core.Proofs.WaitForSizeAsync(Core.Reader.DurableSize, TestContext.Current.CancellationToken);
        return Status.State;
    }

    public IReadOnlyList<LedgerScrubbed> Leaves() =>
        [.. Core.AllEntries().Where(e => e.Leaf.Type == (ushort)Record.BodyOneofCase.LedgerScrubbed).Select(Scrubbed)];

    /// <summary>The newest entry, which a damaged ledger can still read.</summary>
    public LedgerScrubbed LastEntry() => Scrubbed(Core.Reader.Read(new EntryIndex(Core.Reader.DurableSize - 1)));

    private static LedgerScrubbed Scrubbed(LedgerEntry entry) =>
        Record.Parser.ParseFrom(SignedEnvelope.Parser.ParseFrom(entry.Envelope.Span).Payload).LedgerScrubbed;

    public static void Flip(string path, long offset)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = offset;
        var value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(value ^ 0x20));
    }

    public async ValueTask DisposeAsync()
    {
        await StopScrubberAsync();
        if (_core is not null)
            await _core.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
