using EdgeEnforcement.Evidence;
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

    /// <summary>For a log that is begun; an existing one has its own.</summary>
    public required Guid NewLogId { get; init; }
}
