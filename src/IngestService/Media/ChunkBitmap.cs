using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>One bit per chunk, set when its bytes are on disk. Not thread-safe: the incoming file's gate owns it.</summary>
internal sealed class ChunkBitmap
{
    private readonly byte[] _bits;
    private int _set;

    public ChunkBitmap(int count)
    {
        Count = count;
        _bits = new byte[SizeBytes(count)];
    }

    private ChunkBitmap(int count, byte[] bits)
    {
        Count = count;
        _bits = bits;
        for (uint chunk = 0; chunk < count; chunk++)
            _set += Contains(chunk) ? 1 : 0;
    }

    public int Count { get; }

    public bool IsComplete => _set == Count;

    public ReadOnlySpan<byte> Bytes => _bits;

    public static int SizeBytes(int count) => (count + 7) / 8;

    public static ChunkBitmap FromBytes(int count, ReadOnlySpan<byte> bits) => new(count, bits.ToArray());

    public bool Contains(uint chunk) => (_bits[chunk >> 3] & (1 << (int)(chunk & 7))) != 0;

    public void Add(uint chunk)
    {
        if (Contains(chunk))
            return;
        _bits[chunk >> 3] |= (byte)(1 << (int)(chunk & 7));
        _set++;
    }

    public ChunkBitmap Copy() => new(Count, _bits.AsSpan().ToArray());

    public IReadOnlyList<ChunkRange> Missing()
    {
        var ranges = new List<ChunkRange>();
        for (uint chunk = 0; chunk < Count; chunk++)
        {
            if (Contains(chunk))
                continue;
            if (ranges.Count > 0 && ranges[^1].First + ranges[^1].Count == chunk)
                ranges[^1].Count++;
            else
                ranges.Add(new ChunkRange { First = chunk, Count = 1 });
        }
        return ranges;
    }
}
