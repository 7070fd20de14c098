namespace EdgeEnforcement.Evidence;

/// <summary>Where a prover reads tiles. Two implementations: the ledger's tile store, and files fetched by someone else.</summary>
public interface ITileSource
{
    /// <summary>
    /// Fills <paramref name="destination"/> (width * 32 bytes) with the first <paramref name="width"/> hashes of the tile; false when the
    /// tile is not there. A source may answer a partial tile from a wider one.
    /// </summary>
    bool TryReadTile(int level, ulong index, int width, Span<byte> destination);
}
