using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Verify;

/// <summary>
/// Hashes every leaf into a tree of its own and compares: the root at each signed checkpoint, the signature, and every tile file,
/// whole and partial, byte by byte. Checkpoints are read before the segments, so a running service can only be ahead of them.
/// </summary>
internal sealed class TreeVerification(IFileSystem files, LedgerPaths paths, NoteVerifier? verifier) : IVerification
{
    private readonly MerkleFrontier _frontier = new();
    private readonly byte[][] _edges = new byte[TileMath.LevelCount][];
    private readonly int[] _widths = new int[TileMath.LevelCount];
    private readonly List<(string Path, Checkpoint Checkpoint)> _checkpoints = [];
    private VerificationReport _report = new(TextWriter.Null);

    public int TileCount { get; private set; }

    /// <summary>Known from Begin on.</summary>
    public ulong SignedSize { get; private set; }

    public void Begin(VerificationReport report)
    {
        _report = report;
        for (var level = 0; level < _edges.Length; level++)
            _edges[level] = new byte[TileMath.FullTileBytes];
        Open(paths.LastSigned);
        Open(paths.Checkpoint);
        foreach (var (_, checkpoint) in _checkpoints)
            SignedSize = Math.Max(SignedSize, checkpoint.Size);
        Compare();
    }

    private void Open(string path)
    {
        if (DurableFile.Read(files, path) is not { } note)
        {
            _report.Difference(path, null, null, "there is no checkpoint");
            return;
        }
        SignedNote? opened;
        if (verifier is not null)
        {
            var found = SignedNote.Open(note, [verifier], out opened);
            if (found != NoteFinding.Verified)
            {
                _report.Difference(path, null, null, $"the note does not verify with {verifier.Name}+{verifier.KeyId:x8}: {found}");
                return;
            }
        }
        else if (!SignedNote.TryParse(note, out opened))
        {
            _report.Difference(path, null, null, "it is not a signed note");
            return;
        }

        if (opened is not null && Checkpoint.TryParse(opened.Text.Span, out var checkpoint))
            _checkpoints.Add((path, checkpoint));
        else
            _report.Difference(path, null, null, "the note is not a checkpoint");
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
        var expected = _edges[level].AsSpan(0, width * Sha256Hash.SizeBytes);
        var full = Path.Combine(paths.Public, TilePath.ForTile(level, index, TileMath.FullWidth));
        var own = Path.Combine(paths.Public, TilePath.ForTile(level, index, width));
        var fullBytes = DurableFile.Read(files, full);
        if (fullBytes is not null)
            CompareBytes(full, fullBytes, expected);
        else if (DurableFile.Read(files, own) is { } bytes)
            CompareBytes(own, bytes, expected);
        else
            _report.Difference(own, null, index * TileMath.FullWidth, "the tile is missing");

        foreach (var name in files.EnumerateFiles(full + ".p"))
            if (int.TryParse(name, out var partialWidth) && partialWidth < width
                && DurableFile.Read(files, Path.Combine(full + ".p", name)) is { } partial)
                CompareBytes(Path.Combine(full + ".p", name), partial, expected[..(partialWidth * Sha256Hash.SizeBytes)]);
    }

    /// A wider tile than asked for is one the service wrote since; only what we know of it is compared.
    private void CompareBytes(string path, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> expected)
    {
        TileCount++;
        if (bytes.Length < expected.Length)
            _report.Difference(path, bytes.Length, null, $"the tile has {bytes.Length} bytes, {expected.Length} belong there");
        else if (bytes[..expected.Length].CommonPrefixLength(expected) is var same && same < expected.Length)
            _report.Difference(path, same, null, "the tile is not what the segments give");
    }
}
