namespace EdgeEnforcement.SegmentLog;

/// <summary>
/// Which bytes of which files hold the records below an index: a copy of them is a log that ends there. Looks beside a running writer
/// and changes nothing: what is below an index that is known to be durable is never written again, except to be erased.
/// </summary>
public static class SegmentCut
{
    private const int PieceBytes = 1 << 20;

    /// <exception cref="InvalidDataException">No batch of the log ends at the index.</exception>
    public static IReadOnlyList<SegmentPiece> Below(IFileSystem fs, string directory, RecordIndex end)
    {
        ArgumentNullException.ThrowIfNull(fs);
        var segments = new SegmentDirectory(fs, directory).Load();
        if (segments.Count == 0)
            throw new FileNotFoundException($"There is no log in '{directory}'.");
        var pieces = new List<SegmentPiece>();
        for (var i = 0; i < segments.Count; i++)
        {
            var first = segments[i].Header.FirstIndex;
            // The first is a log by itself, even if nothing of it is wanted.
            if (i > 0 && first >= end.Value)
                break;
            var isWhole = i + 1 < segments.Count && segments[i + 1].Header.FirstIndex <= end.Value;
            pieces.Add(new SegmentPiece(segments[i].Name, isWhole ? segments[i].Bytes : EndOf(fs, segments[i], end)));
        }
        return pieces;
    }

    private static long EndOf(IFileSystem fs, SegmentEntry segment, RecordIndex end)
    {
        using var file = fs.OpenExisting(segment.Path, FileAccess.Read);
        var walker = new SegmentWalker(file, segment, WalkPosition.StartOf(segment.Header), file.Length, PieceBytes);
        while (walker.Position.NextIndex < end.Value)
            if (!walker.TrySkip())
                throw walker.Damage();
        return walker.Position is { Remaining: 0 } at && at.NextIndex == end.Value
            ? at.Offset
            : throw new InvalidDataException($"'{segment.Name}': no batch ends at record {end}.");
    }
}
