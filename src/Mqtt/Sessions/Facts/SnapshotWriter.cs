using System.Buffers.Binary;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.Mqtt.Sessions.Facts;

/// Writes a snapshot's file in pieces, so that a large state does not lie in memory twice.
internal sealed class SnapshotWriter : IFactSink
{
    private const int PieceBytes = 1 << 20;

    private readonly IFile _file;
    private byte[] _piece = new byte[PieceBytes];
    private int _length;
    private long _offset;
    private uint _checksum;
    private ulong _count;

    public SnapshotWriter(IFile file, SnapshotHeader header)
    {
        _file = file;
        header.Format(Take(SnapshotHeader.Size));
    }

    public void Add(FactKind kind, ReadOnlySpan<byte> body)
    {
        var fact = Take(SnapshotFile.FactHeaderBytes + body.Length);
        BinaryPrimitives.WriteUInt32BigEndian(fact, (uint)body.Length);
        fact[4] = (byte)kind;
        body.CopyTo(fact[SnapshotFile.FactHeaderBytes..]);
        _count++;
    }

    /// On return the whole file is on disk. Answers its length.
    public long Finish()
    {
        var end = Take(12);
        BinaryPrimitives.WriteUInt32BigEndian(end, SnapshotFile.EndMark);
        BinaryPrimitives.WriteUInt64BigEndian(end[4..], _count);
        Write();
        var checksum = _checksum;
        BinaryPrimitives.WriteUInt32BigEndian(Take(4), checksum);
        Write();
        _file.Flush();
        return _offset;
    }

    private Span<byte> Take(int count)
    {
        if (_length + count > _piece.Length)
        {
            Write();
            if (count > _piece.Length)
                _piece = new byte[count];
        }
        var taken = _piece.AsSpan(_length, count);
        _length += count;
        return taken;
    }

    private void Write()
    {
        var bytes = _piece.AsSpan(0, _length);
        _file.Write(bytes, _offset);
        _checksum = Crc32C.Append(_checksum, bytes);
        _offset += _length;
        _length = 0;
    }
}
