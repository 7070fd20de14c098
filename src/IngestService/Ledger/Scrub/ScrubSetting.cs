using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Scrub;

/// <summary>What a scrubber works with: its seams and its settings.</summary>
internal sealed class ScrubSetting
{
    public required IFileSystem Files { get; init; }

    public required LedgerPaths Paths { get; init; }

    public required ScrubOptions Options { get; init; }

    public required NoteVerifier Verifier { get; init; }

    public required TimeProvider Time { get; init; }
}
