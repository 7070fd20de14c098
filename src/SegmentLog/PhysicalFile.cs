using Microsoft.Win32.SafeHandles;

namespace EdgeEnforcement.SegmentLog;

internal sealed class PhysicalFile(SafeFileHandle handle, string path) : IFile
{
    public long Length => RandomAccess.GetLength(handle);

    public int Read(Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var read = RandomAccess.Read(handle, buffer[total..], offset + total);
            if (read == 0)
                break;
            total += read;
        }
        return total;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(handle, bytes, offset);

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset) => RandomAccess.Write(handle, parts, offset);

    public void Flush() => DiskFlush.Run(handle, path);

    public void SetLength(long length) => RandomAccess.SetLength(handle, length);

    public void PunchHole(long offset, long length)
    {
        // A file system without holes keeps the blocks; the range must read as zeros all the same.
        if (!OperatingSystem.IsLinux() || !LinuxNative.PunchHole(handle, path, offset, length))
            WriteZeros(offset, length);
    }

    public void Forget(long offset, long length)
    {
        if (OperatingSystem.IsLinux())
            LinuxNative.Forget(handle, offset, length);
    }

    private void WriteZeros(long offset, long length)
    {
        Span<byte> zeros = stackalloc byte[4096];
        zeros.Clear();
        for (var end = offset + length; offset < end; offset += zeros.Length)
            RandomAccess.Write(handle, zeros[..(int)Math.Min(zeros.Length, end - offset)], offset);
    }

    public void Dispose() => handle.Dispose();
}
