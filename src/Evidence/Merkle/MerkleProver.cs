namespace EdgeEnforcement.Evidence;

/// <summary>Proofs out of tiles (RFC 9162 sections 2.1.3.1 and 2.1.4.1). False means a tile is missing; a question out of range throws.</summary>
public sealed class MerkleProver(ITileSource tiles)
{
    public bool TryRoot(ulong size, out Sha256Hash root)
    {
        root = MerkleHashing.EmptyRoot;
        return size == 0 || new TileReader(tiles, size).TryRange(0, size, out root);
    }

    public bool TryLeafHash(ulong index, ulong size, out Sha256Hash hash)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        return new TileReader(tiles, size).TryRange(index, index + 1, out hash);
    }

    /// <summary>The path from the leaf's sibling upwards.</summary>
    public bool TryProveInclusion(ulong index, ulong size, out Sha256Hash[] path)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var reader = new TileReader(tiles, size);
        var fromRoot = new List<Sha256Hash>(64);
        path = [];
        for (ulong low = 0, high = size; high - low > 1;)
        {
            var middle = low + TileReader.LargestPowerBelow(high - low);
            var inLeft = index < middle;
            if (!(inLeft ? reader.TryRange(middle, high, out var sibling) : reader.TryRange(low, middle, out sibling)))
                return false;
            fromRoot.Add(sibling);
            if (inLeft)
                high = middle;
            else
                low = middle;
        }

        fromRoot.Reverse();
        path = [.. fromRoot];
        return true;
    }

    /// <summary>The proof that the tree of one size is the beginning of the tree of another. Empty for equal sizes and from size 0.</summary>
    public bool TryProveConsistency(ulong fromSize, ulong toSize, out Sha256Hash[] path)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fromSize, toSize);
        path = [];
        if (fromSize == 0)
            return true;

        var reader = new TileReader(tiles, toSize);
        var fromRoot = new List<Sha256Hash>(64);
        ulong low = 0, high = toSize;
        while (fromSize != high)
        {
            var middle = low + TileReader.LargestPowerBelow(high - low);
            var inLeft = fromSize <= middle;
            if (!(inLeft ? reader.TryRange(middle, high, out var sibling) : reader.TryRange(low, middle, out sibling)))
                return false;
            fromRoot.Add(sibling);
            if (inLeft)
                high = middle;
            else
                low = middle;
        }

        // Where the old tree is itself a left subtree of the new one, the verifier already knows its root.
        if (low != 0)
        {
            if (!reader.TryRange(low, high, out var last))
                return false;
            fromRoot.Add(last);
        }

        fromRoot.Reverse();
        path = [.. fromRoot];
        return true;
    }
}
