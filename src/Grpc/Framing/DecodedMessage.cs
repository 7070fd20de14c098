using System.Buffers;

namespace Grpc.Framing;

/// <summary>Bytes of one message in a rented buffer that grows; disposed when the message is parsed.</summary>
internal sealed class DecodedMessage(int firstBufferBytes) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(firstBufferBytes);

    public int Length { get; private set; }

    public ReadOnlySequence<byte> Bytes => new(_buffer, 0, Length);

    /// <summary>Never empty.</summary>
    public Span<byte> Room()
    {
        if (Length == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(checked(Length * 2));
            _buffer.AsSpan().CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(Length);
    }

    public void Take(int count) => Length += count;

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
