using BenchmarkDotNet.Attributes;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.SegmentLog;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeEnforcement.Benchmarks;

/// <summary>
/// What does one durable receipt cost when N records wait together, on a disk whose flush takes d? Through the real sequencer, segments and
/// tree on the real file system; every receipt is awaited and its code looked at. Checkpoints are signed beside it as in the service.
/// </summary>
[MemoryDiagnoser]
[HideColumns("Error", "StdDev", "RatioSD")]
[Config(typeof(RecordsPerSecondConfig))]
public class LedgerAppend_BatchSize
{
    private const int EnvelopeBytes = 400; // a signed alert of one line

    private readonly byte[] _envelope = new byte[EnvelopeBytes];
    private string _directory = "";
    private SigningKey? _key;
    private LedgerCore? _core;
    private ulong _sequence;
    private AppendTicket[] _tickets = [];

    [Params(1, 16, 256, 4096, 16_384)]
    public int BatchSize { get; set; }

    [Params(0, 2, 10)]
    public int FlushDelayMs { get; set; }

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _directory = Directory.CreateTempSubdirectory("ledger-append-").FullName;
        _key = SigningKey.Create();
        _tickets = new AppendTicket[BatchSize];
        IFileSystem files = new PhysicalFileSystem();
        if (FlushDelayMs > 0)
            files = new DelayedFlushFileSystem(files, TimeSpan.FromMilliseconds(FlushDelayMs));
        var options = new LedgerOptions();
        _core = LedgerCore.Open(new LedgerSetting
        {
            Files = files,
            Paths = new LedgerPaths(_directory),
            Options = options,
            Signer = new NoteSigner(options.Origin, _key),
            Time = TimeProvider.System,
            Metrics = new LedgerMetrics(new BenchmarkMeters()),
            Log = NullLogger.Instance,
            NewLogId = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        });
        await _core.StartAsync(CancellationToken.None);
    }

    [Benchmark]
    public async Task<ulong> AppendAndAwaitReceipts()
    {
        for (var i = 0; i < _tickets.Length; i++)
            _tickets[i] = await _core!.Appender.AppendAsync(Next(), CancellationToken.None); // set in OpenAsync
        var last = 0UL;
        foreach (var ticket in _tickets)
            last = (await ticket.Outcome).Receipt is { Code: ReceiptCode.Appended } receipt
                ? receipt.Index.Value
                : throw new InvalidOperationException("not appended");
        return last;
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        if (_core is not null)
            await _core.DisposeAsync();
        _key?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private AppendRequest Next() => new()
    {
        Origin = LeafOrigin.Producer,
        Identity = new RecordIdentity { Producer = "bench", Epoch = 1, RecordClass = RecordClass.P0, Sequence = ++_sequence },
        Type = (ushort)Record.BodyOneofCase.FieldAlert,
        Envelope = _envelope,
        PayloadFingerprint = Sha256Hash.Zero,
    };
}
