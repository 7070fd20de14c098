using System.Security.Cryptography;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Append;
using EdgeEnforcement.IngestService.Ledger.Origins;
using EdgeEnforcement.IngestService.Ledger.Recovery;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>What a ledger is opened with: its seams and its settings.</summary>
internal sealed class LedgerSetting
{
    public required IFileSystem Files { get; init; }

    public required LedgerPaths Paths { get; init; }

    public required LedgerOptions Options { get; init; }

    public required NoteSigner Signer { get; init; }

    public required TimeProvider Time { get; init; }

    public required LedgerMetrics Metrics { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>Null: there always is room.</summary>
    public ILedgerRoom? Room { get; init; }

    /// <summary>Set while a new origin is opened: what was signed last is the previous one's, and its fact is appended first.</summary>
    public OriginOpening? Opening { get; init; }

    /// <summary>For a log that is begun; an existing one has its own.</summary>
    public required Guid NewLogId { get; init; }

    /// <summary>Secret random bytes; another source is for tests that compare disks byte for byte.</summary>
    public Action<byte[]> FillSalts { get; init; } = static salts => RandomNumberGenerator.Fill(salts);

    /// <summary>Takes the derived files of seals; null: they are written beside the sequencer.</summary>
    public Func<SnapshotDirectory, ISealedSegmentSink>? Seals { get; init; }
}
