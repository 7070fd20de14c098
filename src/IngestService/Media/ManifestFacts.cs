using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>What a durable manifest promises about a file: the measure every byte of the upload is held against.</summary>
internal sealed record ManifestFacts(ulong Index, Sha256Hash Content, MediaManifest Manifest)
{
    public long SizeBytes => (long)Manifest.SizeBytes;

    public int ChunkBytes => (int)Manifest.ChunkBytes;

    public int ChunkCount => Manifest.ChunkSha256.Length / Sha256Hash.SizeBytes;

    public long ChunkOffset(uint chunk) => (long)chunk * ChunkBytes;

    public int ChunkLength(uint chunk) => (int)Math.Min(ChunkBytes, SizeBytes - ChunkOffset(chunk));

    public Sha256Hash ChunkHash(uint chunk) =>
        Sha256Hash.FromBytes(Manifest.ChunkSha256.Span.Slice((int)chunk * Sha256Hash.SizeBytes, Sha256Hash.SizeBytes));
}
