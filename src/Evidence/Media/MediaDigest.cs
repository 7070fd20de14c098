using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;

namespace EdgeEnforcement.Evidence;

/// <summary>What one read of a file gave.</summary>
/// <param name="SizeBytes">Bytes read.</param>
/// <param name="Sha256">Of the whole file.</param>
/// <param name="ChunkBytes">The chunk size; the last chunk may be shorter.</param>
/// <param name="ChunkSha256">One per chunk; none for an empty file.</param>
/// <param name="All">The digest list of a manifest: SHA-256 first, then the extra ones in the order asked for.</param>
public sealed record MediaDigest(
    long SizeBytes, Sha256Hash Sha256, int ChunkBytes, IReadOnlyList<Sha256Hash> ChunkSha256, IReadOnlyList<Digest> All)
{
    /// <summary>The chunk hashes concatenated, as a manifest carries them.</summary>
    public ByteString ConcatenatedChunkSha256()
    {
        var bytes = new byte[ChunkSha256.Count * Sha256Hash.SizeBytes];
        for (var i = 0; i < ChunkSha256.Count; i++)
            ChunkSha256[i].CopyTo(bytes.AsSpan(i * Sha256Hash.SizeBytes));
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }
}
