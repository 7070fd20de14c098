using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>
/// Whether a manifest's numbers agree with each other (docs/formats/manifest.md). Checked at the door, so that what lies in the
/// ledger can be uploaded against, and again when it is read, because older entries may be from a younger rule.
/// </summary>
internal static class ManifestShape
{
    public const uint ChunkBytes = 4 * 1024 * 1024;

    // The largest file whose chunk hashes fit an envelope: keeps size arithmetic far from overflow.
    private const ulong LargestFileBytes = 1UL << 40;

    /// <summary>Null when sound, else what is wrong.</summary>
    public static string? Fault(MediaManifest manifest)
    {
        if (manifest.Digests.Count == 0 || manifest.Digests[0].Algorithm != DigestAlgorithms.Sha256)
            return "the first digest is not sha-256";
        if (manifest.Digests[0].Value.Length != Sha256Hash.SizeBytes)
            return "the sha-256 digest has not 32 bytes";
        if (manifest.ChunkBytes != ChunkBytes)
            return $"chunk_bytes is not {ChunkBytes}";
        if (manifest.SizeBytes > LargestFileBytes)
            return "size_bytes is out of range";

        var chunks = (manifest.SizeBytes + ChunkBytes - 1) / ChunkBytes;
        return (ulong)manifest.ChunkSha256.Length == chunks * Sha256Hash.SizeBytes
            ? null
            : $"chunk_sha256 does not hold {chunks} hashes";
    }
}
