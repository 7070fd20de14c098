namespace EdgeEnforcement.SegmentLog;

/// Reads a file forwards in large pieces. Each piece is a fresh array that is never written again, so what was handed out stays valid.
internal sealed class FileWindow(IFile file, long limit, int pieceBytes)
{
    private byte[] _piece = [];
    private long _start;
    private int _length;

    /// Null if the file ends before: the caller knows what that means.
    public ReadOnlyMemory<byte>? Take(long offset, int count)
    {
        if (offset < _start || offset + count > _start + _length)
            Load(offset, count);
        return offset + count <= _start + _length ? _piece.AsMemory((int)(offset - _start), count) : null;
    }

    private void Load(long offset, int count)
    {
        var wanted = (int)Math.Min(Math.Max(count, pieceBytes), Math.Max(0, limit - offset));
        _piece = GC.AllocateUninitializedArray<byte>(wanted);
        _start = offset;
        _length = file.Read(_piece, offset);
    }
}
