using System.Numerics;

namespace EdgeEnforcement.Evidence;

/// <summary>
/// The right edge of a tree: the roots of its perfect subtrees, largest first, one per set bit of the size. It is all that
/// appending and the root need. One writer; <see cref="Clone"/> for a reader.
/// </summary>
public sealed class MerkleFrontier
{
    private readonly List<Sha256Hash> _edge;

    public MerkleFrontier()
    {
        _edge = new List<Sha256Hash>(64);
    }

    /// <param name="size">The number of leaves.</param>
    /// <param name="edge">One hash per set bit of the size, largest subtree first.</param>
    public MerkleFrontier(ulong size, ReadOnlySpan<Sha256Hash> edge)
    {
        if (edge.Length != BitOperations.PopCount(size))
            throw new ArgumentException($"The edge of a tree of {size} leaves has {BitOperations.PopCount(size)} hashes, not {edge.Length}.", nameof(edge));
        Size = size;
        _edge = new List<Sha256Hash>(64);
        _edge.AddRange(edge);
    }

    public ulong Size { get; private set; }

    /// <summary>The roots of the perfect subtrees, largest first.</summary>
    public IReadOnlyList<Sha256Hash> Edge => _edge;

    /// <summary>Reads the edge of a tree of this size from its tiles; false when a tile is missing.</summary>
    public static bool TryFromTiles(ITileSource tiles, ulong size, out MerkleFrontier? frontier)
    {
        var reader = new TileReader(tiles, size);
        frontier = new MerkleFrontier { Size = size };
        var start = 0UL;
        for (var height = 63; height >= 0; height--)
        {
            if ((size >> height & 1) == 0)
                continue;
            if (!reader.TryRange(start, start + (1UL << height), out var hash))
            {
                frontier = null;
                return false;
            }

            frontier._edge.Add(hash);
            start += 1UL << height;
        }

        return true;
    }

    public void Append(Sha256Hash leafHash)
    {
        var hash = leafHash;
        // Every trailing one of the size is a perfect subtree of the same height as what is being added.
        for (var size = Size; (size & 1) == 1; size >>= 1)
        {
            hash = MerkleHashing.Node(_edge[^1], hash);
            _edge.RemoveAt(_edge.Count - 1);
        }

        _edge.Add(hash);
        Size++;
    }

    public Sha256Hash Root()
    {
        if (_edge.Count == 0)
            return MerkleHashing.EmptyRoot;
        var root = _edge[^1];
        for (var i = _edge.Count - 2; i >= 0; i--)
            root = MerkleHashing.Node(_edge[i], root);
        return root;
    }

    public MerkleFrontier Clone()
    {
        var copy = new MerkleFrontier { Size = Size };
        copy._edge.AddRange(_edge);
        return copy;
    }
}
