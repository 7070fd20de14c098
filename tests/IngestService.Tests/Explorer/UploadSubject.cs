using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Tests.Media;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Tests.Explorer;

/// <summary>A small file, longer than a sector, and manifests of it.</summary>
internal static class UploadSubject
{
    /// <summary>As the size of a chunk: two chunks.</summary>
    public const int TwoChunks = 700;

    /// <summary>As the size of a chunk: one.</summary>
    public const int OneChunk = 1000;

    private static readonly byte[] Content = MediaFixture.Bytes(1000);

    public static Sha256Hash Hash { get; } = Sha256Hash.Of(Content);

    public static ReadOnlySpan<byte> Chunk(ManifestFacts manifest, uint chunk) =>
        Content.AsSpan((int)manifest.ChunkOffset(chunk), manifest.ChunkLength(chunk));

    public static byte[] WrongChunk(ManifestFacts manifest, uint chunk)
    {
        var wrong = Chunk(manifest, chunk).ToArray();
        wrong[^1] ^= 1;
        return wrong;
    }

    public static bool IsContent(ReadOnlySpan<byte> bytes) => bytes.SequenceEqual(Content);

    public static ManifestFacts Manifest(ulong index, int chunkBytes, bool lies)
    {
        var claimed = lies ? Sha256Hash.Of("another film"u8) : Hash;
        var manifest = new MediaManifest
        {
            SizeBytes = (ulong)Content.Length,
            ChunkBytes = (uint)chunkBytes,
            ChunkSha256 = ByteString.CopyFrom([.. Content.Chunk(chunkBytes).SelectMany(c => Sha256Hash.Of(c).ToArray())]),
            Digests = { new Digest { Algorithm = "sha-256", Value = ByteString.CopyFrom(claimed.ToArray()) } },
        };
        return new ManifestFacts(index, claimed, manifest);
    }
}
