namespace EdgeEnforcement.SegmentLog;

/// <summary>One open file of the seam. Positional reads and writes only, so readers and the writer share no position.</summary>
public interface IFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads what is there, up to the buffer's length; fewer bytes mean the end of the file.</summary>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Writes all of it or throws. On return the bytes are in the page cache, not on disk.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset);

    /// <summary>On return everything written to this file before is on disk. After an exception nothing is known of it.</summary>
    void Flush();

    void SetLength(long length);

    /// <summary>Gives the range back to the file system; it reads as zeros afterwards. The length stays.</summary>
    void PunchHole(long offset, long length);

    /// <summary>
    /// Advice that what the cache holds of the range is not needed: the next read comes from the disk. Changes nothing else; a file
    /// system that has no such advice does nothing.
    /// </summary>
    /// <param name="offset">Where the range begins.</param>
    /// <param name="length">0: to the end.</param>
    void Forget(long offset, long length)
    {
    }
}
