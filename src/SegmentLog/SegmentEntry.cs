namespace EdgeEnforcement.SegmentLog;

/// One segment of a log. Bytes is the length of a sealed segment; of the last one it is 0 and the snapshot says how far it reaches.
internal sealed record SegmentEntry(string Path, SegmentHeader Header, long Bytes)
{
    public string Name { get; } = System.IO.Path.GetFileName(Path);

    public uint ChecksumSeed { get; } = BatchHeader.ChecksumSeed(Header.LogId);
}
