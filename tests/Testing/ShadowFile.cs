using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.Testing;

/// One open file of a <see cref="ShadowFileSystem"/>; dead after its restart.
internal sealed class ShadowFile(ShadowFileSystem disk, ShadowNode node, string path, int generation) : IFile
{
    public long Length => disk.Look("length", path, () => (long)node.Length);

    public int Read(Span<byte> buffer, long offset)
    {
        ThrowIfDead();
        var wanted = buffer.Length;
        var found = disk.Look("read", path, () =>
        {
            var there = node.Seen[(int)Math.Min(offset, node.Length)..];
            return there[..Math.Min(wanted, there.Length)].ToArray();
        });
        found.CopyTo(buffer);
        return found.Length;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        var copy = bytes.ToArray();
        disk.Writing?.Invoke(path, copy);
        Call("write", () => WriteWhatFits(copy, offset), half: () => node.Write(copy.AsSpan(0, copy.Length / 2), offset));
    }

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset) =>
        Write(parts.SelectMany(p => p.ToArray()).ToArray(), offset);

    private void WriteWhatFits(byte[] bytes, long offset)
    {
        var growth = Math.Max(0, offset + bytes.Length - node.Length);
        var missing = (int)Math.Min(bytes.Length, growth - disk.TakeRoom(growth));
        node.Write(bytes.AsSpan(0, bytes.Length - missing), offset);
        if (missing > 0)
            throw ShadowErrno.Exception(ShadowErrno.Enospc, path);
    }

    public void Flush()
    {
        disk.BeforeFlush?.Invoke();
        Call("flush", () =>
        {
            disk.CountFlush();
            node.Flush();
        }, node.FailFlush);
    }

    public void SetLength(long length) => Call("truncate", () => node.SetLength(length));

    public void PunchHole(long offset, long length) => Call("punch", () =>
    {
        var end = Math.Min(offset + length, node.Length);
        if (end > offset)
            node.PunchHole(offset, end - offset);
    });

    private void Call(string kind, Action effect, Action? onFailure = null, Action? half = null)
    {
        ThrowIfDead();
        disk.Call(kind, path, effect, onFailure, half);
    }

    private void ThrowIfDead()
    {
        if (!disk.IsAlive(generation))
            throw ShadowErrno.Exception(ShadowErrno.Eio, "the handle is from before the restart");
    }

    public void Dispose()
    {
    }
}
