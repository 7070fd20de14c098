using System.Globalization;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Verify;

/// <summary>
/// Hashes every leaf into a tree of its own and compares: the root at each signed checkpoint, the signature, and every tile file,
/// whole and partial, byte by byte. Checkpoints are read before the segments, so a running service can only be ahead of them.
/// </summary>
/// <param name="withTiles">False where there are none: in a back-up.</param>
internal sealed class TreeVerification(IFileSystem files, LedgerPaths paths, NoteVerifier? verifier, bool withTiles = true) : IVerification
{
    private MerkleFrontier _frontier = new();
    private readonly byte[][] _edges = [.. Enumerable.Range(0, TileMath.LevelCount).Select(_ => new byte[TileMath.FullTileBytes])];
    private readonly int[] _widths = new int[TileMath.LevelCount];
    private readonly List<(string Path, Checkpoint Checkpoint)> _checkpoints = [];
    private VerificationReport _report = new(TextWriter.Null);

    public int TileCount { get; private set; }

    /// <summary>Known from Begin on.</summary>
    public ulong SignedSize { get; private set; }

    /// <summary>Entries hashed so far, without a hole.</summary>
    public ulong Size => _frontier.Size;

    public Sha256Hash Root() => _frontier.Root();

    /// <summary>
    /// Goes on where an earlier reading stopped; before Begin. The tiles are only the way to the edge of that tree: they must give the
    /// root that the earlier reading had from the segments. False if they do not: read from the beginning.
    /// </summary>
    public bool Resume(ulong size, Sha256Hash root)
    {
        var tiles = new TileFiles(files, paths.Public);
        if (!MerkleFrontier.TryFromTiles(tiles, size, out var frontier) || frontier is null || frontier.Root() != root)
            return false;
        for (var level = 0; level < TileMath.LevelCount; level++)
        {
            var index = TileMath.HashesAt(level, size) / TileMath.FullWidth;
            _widths[level] = TileMath.WidthOf(level, index, size);
            if (_widths[level] > 0 && !tiles.TryReadTile(level, index, _widths[level], _edges[level].AsSpan(0, _widths[level] * Sha256Hash.SizeBytes)))
                return false;
        }
        _frontier = frontier;
        return true;
    }

    public void Begin(VerificationReport report)
    {
        _report = report;
        // In this order: a service that runs signs first and publishes then.
        var published = Open(paths.Checkpoint);
        var signed = Open(paths.LastSigned);
        if (published is not null && signed is not null && published.Size > signed.Size)
            _report.Difference(paths.LastSigned, null, signed.Size, $"'{paths.Checkpoint}' publishes size {published.Size}: state files were lost or exchanged");
        // One size is signed once: two notes of one size are one note, byte for byte.
        if (published is not null && published.Size == signed?.Size && !Bytes(paths.Checkpoint).SequenceEqual(Bytes(paths.LastSigned)))
            _report.Difference(paths.Checkpoint, Bytes(paths.Checkpoint).CommonPrefixLength(Bytes(paths.LastSigned)), published.Size, "it is not the note that was signed last");
        foreach (var (_, checkpoint) in _checkpoints)
            SignedSize = Math.Max(SignedSize, checkpoint.Size);
        Compare();
    }

    private ReadOnlySpan<byte> Bytes(string path) => DurableFile.Read(files, path) ?? [];

    private Checkpoint? Open(string path)
    {
        if (DurableFile.Read(files, path) is not { } note)
        {
            _report.Difference(path, null, null, "there is no checkpoint");
            return null;
        }
        SignedNote? opened;
        if (verifier is not null)
        {
            var found = SignedNote.Open(note, [verifier], out opened);
            if (found != NoteFinding.Verified)
            {
                _report.Difference(path, null, null, $"the note does not verify with {verifier.Name}+{verifier.KeyId:x8}: {found}");
                return null;
            }
        }
        else if (!SignedNote.TryParse(note, out opened))
        {
            _report.Difference(path, null, null, "it is not a signed note");
            return null;
        }

        if (opened is null || !Checkpoint.TryParse(opened.Text.Span, out var checkpoint))
        {
            _report.Difference(path, null, null, "the note is not a checkpoint");
            return null;
        }
        _checkpoints.Add((path, checkpoint));
        return checkpoint;
    }

    public void Entry(VerifiedEntry entry)
    {
        // After a hole the tree is another one; End says so.
        if (entry.Index != _frontier.Size)
            return;
        var hash = MerkleHashing.Leaf(entry.LeafBytes.Span);
        _frontier.Append(hash);
        if (entry.Index < SignedSize)
            Grow(entry.Index, hash);
        Compare();
    }

    private void Compare()
    {
        foreach (var (path, checkpoint) in _checkpoints)
            if (checkpoint.Size == _frontier.Size && checkpoint.Root != _frontier.Root())
                _report.Difference(path, null, checkpoint.Size, $"the segments give root {_frontier.Root()} for size {checkpoint.Size}, it says {checkpoint.Root}");
    }

    private void Grow(ulong index, Sha256Hash hash)
    {
        for (var level = 0; ; level++)
        {
            hash.CopyTo(_edges[level].AsSpan(_widths[level] * Sha256Hash.SizeBytes));
            if (++_widths[level] < TileMath.FullWidth)
                return;
            CompareTile(level, index >> (TileMath.TileHeight * (level + 1)), TileMath.FullWidth);
            _widths[level] = 0;
            hash = MerkleHashing.PerfectRoot(_edges[level]);
        }
    }

    public void End(bool complete)
    {
        foreach (var (path, checkpoint) in _checkpoints)
            if (checkpoint.Size > _frontier.Size)
                _report.Difference(path, null, _frontier.Size, $"size {checkpoint.Size} was signed, the segments can be read to {_frontier.Size}");
        if (_frontier.Size < SignedSize)
            return;
        for (var level = 0; level < TileMath.LevelCount; level++)
            if (_widths[level] > 0)
                CompareTile(level, TileMath.HashesAt(level, SignedSize) / TileMath.FullWidth, _widths[level]);
    }

    private void CompareTile(int level, ulong index, int width)
    {
        if (!withTiles)
            return;
        var expected = _edges[level].AsSpan(0, width * Sha256Hash.SizeBytes);
        var full = Path.Combine(paths.Public, TilePath.ForTile(level, index, TileMath.FullWidth));
        var own = Path.Combine(paths.Public, TilePath.ForTile(level, index, width));
        // A service that runs writes the full tile, then deletes the partial ones: the full one is looked for again after them.
        if (!TryCompare(full, TileMath.FullWidth, expected) && !TryCompare(own, width, expected) && !TryCompare(full, TileMath.FullWidth, expected))
            _report.Difference(own, null, index * TileMath.FullWidth, "the tile is missing");

        foreach (var name in files.EnumerateFiles(full + ".p"))
        {
            var path = Path.Combine(full + ".p", name);
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var partialWidth) || partialWidth is < 1 or >= TileMath.FullWidth)
                _report.Difference(path, null, null, "no tile has this name");
            else if (partialWidth != width)
                TryCompare(path, partialWidth, expected[..(Math.Min(partialWidth, width) * Sha256Hash.SizeBytes)]);
        }
    }

    /// <summary>False if there is no such file. A wider tile than what we know of it is one the service wrote since.</summary>
    private bool TryCompare(string path, int width, ReadOnlySpan<byte> expected)
    {
        try
        {
            if (DurableFile.Read(files, path) is not { } bytes)
                return false;
            TileCount++;
            if (bytes.Length != width * Sha256Hash.SizeBytes)
                _report.Difference(path, bytes.Length, null, $"the tile has {bytes.Length} bytes, {width * Sha256Hash.SizeBytes} belong there");
            else if (bytes.AsSpan(0, expected.Length).CommonPrefixLength(expected) is var same && same < expected.Length)
                _report.Difference(path, same, null, "the tile is not what the segments give");
            return true;
        }
        catch (FileNotFoundException)
        {
            return false; // deleted between two looks
        }
        catch (IOException e)
        {
            _report.Difference(path, null, null, e.Message);
            return true;
        }
    }
}
