using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Merkle;

/// <summary>
/// Tile files in the layout of C2SP tlog-tiles, below the public directory. A tile that is missing or short is derived again
/// from the segments, level by level, and put back: tiles are never the only copy of anything.
/// </summary>
internal sealed class TileStore(IFileSystem files, string publicDirectory, SegmentReader reader) : ITileSource
{
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unsynced = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    // A file of one name is written by one at a time; two files may be flushed together, which costs a disk little more than one.
    private readonly Lock[] _names = [.. Enumerable.Range(0, 16).Select(_ => new Lock())];

    public bool TryReadTile(int level, ulong index, int width, Span<byte> destination)
    {
        var path = PathOf(level, index, width);
        if (TryReadFile(path, destination) || TryReadFull(level, index, destination))
            return true;
        if (!TryDerive(level, index, destination))
            return false;
        Write(level, index, destination);
        return true;
    }

    public void Write(int level, ulong index, ReadOnlySpan<byte> hashes)
    {
        var path = PathOf(level, index, hashes.Length / Sha256Hash.SizeBytes);
        var directory = DurableFile.DirectoryOf(path);
        lock (_lock)
            if (_made.Add(directory))
                files.CreateDirectory(directory);
        lock (_names[(int)(index % (uint)_names.Length)])
            DurableFile.Write(files, path, hashes);
        // After it: a sync that came in between has not synced this name.
        lock (_lock)
            _unsynced.Add(directory);
    }

    /// <summary>A partial tile may go once the full one is there (tlog-tiles); readers fall back to it.</summary>
    public void DeletePartials(int level, ulong index)
    {
        var directory = Path.Combine(publicDirectory, TilePath.ForTile(level, index, TileMath.FullWidth) + ".p");
        foreach (var name in files.EnumerateFiles(directory))
            files.Delete(Path.Combine(directory, name));
    }

    public void Sync()
    {
        lock (_lock)
        {
            foreach (var directory in _unsynced)
                files.SyncDirectory(directory);
            _unsynced.Clear();
            _made.Clear();
        }
    }

    private bool TryReadFile(string path, Span<byte> destination)
    {
        try
        {
            if (!files.Exists(path) || files.GetLength(path) != destination.Length)
                return false;
            using var file = files.OpenExisting(path, FileAccess.Read);
            return file.Read(destination, 0) == destination.Length;
        }
        catch (FileNotFoundException)
        {
            // The step deleted the partial between the two looks: the full tile is there.
            return false;
        }
    }

    private bool TryReadFull(int level, ulong index, Span<byte> destination)
    {
        if (destination.Length == TileMath.FullTileBytes)
            return false;
        Span<byte> full = stackalloc byte[TileMath.FullTileBytes];
        if (!TryReadFile(PathOf(level, index, TileMath.FullWidth), full))
            return false;
        full[..destination.Length].CopyTo(destination);
        return true;
    }

    private bool TryDerive(int level, ulong index, Span<byte> destination)
    {
        var width = destination.Length / Sha256Hash.SizeBytes;
        if (level == 0)
            return TryDeriveLeaves(index * TileMath.FullWidth, width, destination);
        var below = new byte[TileMath.FullTileBytes];
        for (var i = 0; i < width; i++)
        {
            if (!TryReadTile(level - 1, index * TileMath.FullWidth + (ulong)i, TileMath.FullWidth, below))
                return false;
            MerkleHashing.PerfectRoot(below).CopyTo(destination[(i * Sha256Hash.SizeBytes)..]);
        }
        return true;
    }

    private bool TryDeriveLeaves(ulong first, int count, Span<byte> destination)
    {
        if (first + (ulong)count > reader.DurableEnd.Value)
            return false;
        var at = 0;
        foreach (var record in reader.ReadFrom(new RecordIndex(first), count))
            MerkleHashing.Leaf(record.Head.Span).CopyTo(destination[(at++ * Sha256Hash.SizeBytes)..]);
        return at == count;
    }

    private string PathOf(int level, ulong index, int width) => Path.Combine(publicDirectory, TilePath.ForTile(level, index, width));
}
