using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Append;
using EdgeEnforcement.IngestService.Ledger.Recovery;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Ledger;

/// <summary>A ledger on the shadow disk, opened, killed and opened again; segments are small, so that they seal.</summary>
internal sealed class LedgerFixture(SigningKey? key = null)
{
    public const string Data = "/data";

    /// <summary>A fresh one unless it lies on the disk of the test.</summary>
    public SigningKey Key { get; set; } = key ?? SigningKey.Create();

    public ShadowFileSystem Disk { get; set; } = new();

    public IFileSystem? Files { get; set; }

    public ILedgerRoom? Room { get; set; }

    public ManualTime Time { get; } = new();

    public LedgerPaths Paths { get; } = new(Data);

    public LedgerOptions Options { get; } = new() { SegmentBytes = 1 << 20 };

    public ILogger Log { get; set; } = NullLogger.Instance;

    public LedgerSetting Setting => SettingWith(fillSalts: null, seals: null);

    // One for all: a meter is never forgotten by its process, and a sweep opens thousands of ledgers.
    private static readonly LedgerMetrics Metrics = new(new PlainMeters());

    public LedgerSetting SettingWith(Action<byte[]>? fillSalts, Func<SnapshotDirectory, ISealedSegmentSink>? seals) => new()
    {
        FillSalts = fillSalts ?? (salts => RandomNumberGenerator.Fill(salts)),
        Seals = seals,
        Files = Files ?? Disk,
        Paths = Paths,
        Options = Options,
        Signer = new NoteSigner(Options.Origin, Key),
        Time = Time,
        Metrics = Metrics,
        Log = Log,
        Room = Room,
        NewLogId = new Guid("b9f5c0de-0000-4000-8000-000000000001"),
    };

    public async Task<LedgerCore> OpenAsync()
    {
        var core = LedgerCore.Open(Setting);
        await core.StartAsync(TestContext.Current.CancellationToken);
        return core;
    }

    public NoteVerifier Verifier =>
        NoteVerifier.TryParse(new NoteSigner(Options.Origin, Key).VerifierKey, out var verifier) ? verifier : throw new InvalidOperationException();

    public static AppendRequest Request(
        ulong sequence, string producer = "station-1", uint epoch = 1, RecordClass recordClass = RecordClass.P0, string content = "", int padding = 0)
    {
        var record = new Record
        {
            Identity = new RecordIdentity { Producer = producer, Epoch = epoch, RecordClass = recordClass, Sequence = sequence },
            AgentStatus = new AgentStatus { SpoolBytes = sequence },
            SourceDevice = content + new string('x', padding),
        };
        var envelope = UnsignedEnvelope.Seal(record);
        return new AppendRequest
        {
            Origin = LeafOrigin.Producer,
            Identity = record.Identity,
            Type = (ushort)record.BodyCase,
            Envelope = envelope,
            PayloadFingerprint = PayloadFingerprint.Of(envelope),
        };
    }

    public static Record Fact(string stream, ulong expected, bool any = false) => new()
    {
        Preconditions = { new StreamPrecondition { Stream = stream, ExpectedVersion = expected, AnyVersion = any } },
        AlertAcknowledged = new AlertAcknowledged { AlertId = stream },
    };

    private sealed class PlainMeters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
