namespace EdgeEnforcement.Evidence;

/// <summary>One tile of a tree: level 0 holds leaf hashes; width 256 is a full tile.</summary>
public readonly record struct TileCoordinate(int Level, ulong Index, int Width)
{
    public bool IsFull => Width == TileMath.FullWidth;

    public string Path => TilePath.ForTile(Level, Index, Width);
}
