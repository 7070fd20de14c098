using System.Security.Cryptography;

namespace EdgeEnforcement.Evidence;

/// <summary>The hashes of an RFC 6962 tree (section 2.1): leaves and nodes are told apart by their first byte.</summary>
public static class MerkleHashing
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private static readonly byte[] LeafPrefixBytes = [LeafPrefix];

    /// <summary>SHA-256 of nothing: the root of the empty tree.</summary>
    public static Sha256Hash EmptyRoot { get; } = Sha256Hash.Of([]);

    public static Sha256Hash Leaf(ReadOnlySpan<byte> entry) => Sha256Hash.Of(LeafPrefixBytes, entry);

    public static Sha256Hash Node(Sha256Hash left, Sha256Hash right)
    {
        Span<byte> input = stackalloc byte[1 + 2 * Sha256Hash.SizeBytes];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Sha256Hash.SizeBytes)..]);
        return Sha256Hash.Of(input);
    }

    /// <summary>The root over 2^k concatenated hashes: the hash one tile level up when given a full tile.</summary>
    public static Sha256Hash PerfectRoot(ReadOnlySpan<byte> hashes)
    {
        var count = hashes.Length / Sha256Hash.SizeBytes;
        if (hashes.Length % Sha256Hash.SizeBytes != 0 || count > TileMath.FullWidth || !int.IsPow2(count))
            throw new ArgumentException("A perfect subtree has a power of two of hashes, at most 256.", nameof(hashes));

        Span<byte> row = stackalloc byte[hashes.Length];
        hashes.CopyTo(row);
        // Each round reads 64 bytes and writes 32 at or before where it read, so one row is enough.
        Span<byte> input = stackalloc byte[1 + 2 * Sha256Hash.SizeBytes];
        input[0] = NodePrefix;
        for (; count > 1; count /= 2)
        {
            for (var i = 0; i < count / 2; i++)
            {
                row.Slice(i * 64, 64).CopyTo(input[1..]);
                SHA256.HashData(input, row.Slice(i * Sha256Hash.SizeBytes, Sha256Hash.SizeBytes));
            }
        }

        return Sha256Hash.FromBytes(row[..Sha256Hash.SizeBytes]);
    }
}
