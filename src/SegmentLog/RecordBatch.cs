namespace EdgeEnforcement.SegmentLog;

/// <summary>
/// Reusable builder of one batch: the bytes lie in one buffer as they will lie in the file, so that appending is one write.
/// Owned by one thread at a time.
/// </summary>
public sealed class RecordBatch
{
    public const int MaximumHeadBytes = 65_535;
    public const int MaximumBodyBytes = 16 << 20;

    // Keeps offsets inside a segment below 2^31 whatever the segment length.
    public const int MaximumBatchBytes = 1 << 29;

    // A buffer that one huge batch made grow is not kept for the small ones that follow.
    private const int KeptBytes = 8 << 20;
    private const int FirstBytes = 64 << 10;

    private byte[] _buffer = new byte[FirstBytes];
    private int _length = BatchHeader.Size;

    public int Count { get; private set; }

    /// <summary>What the batch will take in the file.</summary>
    public int LengthBytes => _length;

    public void Add(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body) => Add(head, body, default);

    public void Add(ReadOnlySpan<byte> head, ReadOnlySpan<byte> bodyStart, ReadOnlySpan<byte> bodyRest)
    {
        var bodyBytes = (long)bodyStart.Length + bodyRest.Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(head.Length, MaximumHeadBytes, nameof(head));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bodyBytes, MaximumBodyBytes, nameof(bodyStart));

        var record = Grow(RecordHeader.Size + head.Length + (int)bodyBytes);
        head.CopyTo(record[RecordHeader.Size..]);
        bodyStart.CopyTo(record[(RecordHeader.Size + head.Length)..]);
        bodyRest.CopyTo(record[(RecordHeader.Size + head.Length + bodyStart.Length)..]);
        RecordHeader.Format(record, head.Length);
        Count++;
    }

    private Span<byte> Grow(int bytes)
    {
        var needed = (long)_length + bytes;
        if (needed > MaximumBatchBytes)
            throw new InvalidOperationException($"A batch holds at most {MaximumBatchBytes} bytes.");
        if (needed > _buffer.Length)
            Array.Resize(ref _buffer, (int)Math.Max(needed, Math.Min(_buffer.Length * 2L, MaximumBatchBytes)));
        var record = _buffer.AsSpan(_length, bytes);
        _length += bytes;
        return record;
    }

    public void Clear()
    {
        Count = 0;
        _length = BatchHeader.Size;
        if (_buffer.Length > KeptBytes)
            _buffer = new byte[FirstBytes];
    }

    /// The finished bytes. Header fields are known only when the place in the file is.
    internal ReadOnlySpan<byte> Seal(ulong number, ulong firstIndex, long offset, long durableEnd, uint seed)
    {
        var header = new BatchHeader(
            (uint)(_length - BatchHeader.Size), number, firstIndex, (uint)Count, checked((uint)offset), checked((uint)durableEnd));
        header.Format(_buffer, seed);
        return _buffer.AsSpan(0, _length);
    }
}
