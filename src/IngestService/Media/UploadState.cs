using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>What is known on disk of one upload. <paramref name="LedgerPosition"/> belongs to the stage.</summary>
internal sealed record UploadState(
    UploadStage Stage, ulong Generation, Sha256Hash Content, ulong LedgerPosition, ChunkBitmap Chunks);
