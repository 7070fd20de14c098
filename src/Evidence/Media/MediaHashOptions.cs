namespace EdgeEnforcement.Evidence;

/// <summary>What to compute in the one read.</summary>
public sealed record MediaHashOptions
{
    /// <summary>4 MiB: the unit of upload and of repair. The format fixes it (media.proto); tests make it smaller.</summary>
    public const int DefaultChunkBytes = 4 * 1024 * 1024;

    public static MediaHashOptions Default { get; } = new();

    public int ChunkBytes { get; init; } = DefaultChunkBytes;

    /// <summary>Digests beside SHA-256, by name; <see cref="DigestAlgorithms.Sm3"/> is the one there is.</summary>
    public IReadOnlyList<string> ExtraAlgorithms { get; init; } = [];
}
