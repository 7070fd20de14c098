using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;

namespace Grpc.Framing;

/// <summary>
/// Messages to frames, straight into one pipe. With an announced size the prefix is written first and the message after it in place; without,
/// the message is collected and copied; so is one that is to be compressed. The limit counts the message as it is and is judged before the first byte, so a message over it leaves the stream as it was.
/// When a serializer fails or miscounts after its prefix is in the pipe, the stream cannot be mended: <see cref="IsBroken"/>, and the owner resets it.
/// Owned by one call; the caller sees to it that writes do not overlap.
/// </summary>
internal sealed class MessageFrameWriter(PipeWriter output, int? maxBytes) : SerializationContext, IBufferWriter<byte>
{
    private const int HeaderBytes = 5;

    // State of the message being written.
    private ArrayBufferWriter<byte>? _collected;
    private int _announced;
    private int _written;
    private bool _prefixed;
    private bool _complete;
    private bool _compresses;

    /// <summary>Set once the encoding of the stream is known and announced; without it nothing is compressed.</summary>
    public MessageEncoder? Encoder { get; set; }

    /// <summary>Half a frame is in the pipe.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Bytes written since the last flush.</summary>
    public long UnflushedBytes { get; private set; }

    /// <summary>With an <see cref="Encoder"/> the message is compressed unless <paramref name="options"/> say not to.</summary>
    public void Write<T>(T message, Action<T, SerializationContext> serializer, WriteOptions? options)
    {
        _compresses = Encoder is not null && (options?.Flags & WriteFlags.NoCompress) != WriteFlags.NoCompress;
        _collected = null;
        _announced = -1;
        _written = 0;
        _prefixed = _complete = false;
        try
        {
            serializer(message, this);
            if (!_complete)
                throw new InvalidOperationException("The serializer did not complete the message.");
        }
        catch (Exception)
        {
            IsBroken |= _prefixed;
            throw;
        }
    }

    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken)
    {
        UnflushedBytes = 0;
        return output.FlushAsync(cancellationToken);
    }

    public override void SetPayloadLength(int payloadLength)
    {
        if (_prefixed || _complete)
            throw new InvalidOperationException("The size is announced before the message is written.");
        CheckLimit(payloadLength);
        _announced = payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (_complete)
            throw new InvalidOperationException("The message is complete.");
        if (_compresses || _announced < 0)
            return _collected ??= _announced > 0 ? new ArrayBufferWriter<byte>(_announced) : new ArrayBufferWriter<byte>();
        if (!_prefixed)
            WritePrefix(flag: 0, _announced);
        return this;
    }

    public override void Complete()
    {
        if (_compresses || _announced < 0)
        {
            var collected = _collected is null ? [] : _collected.WrittenSpan;
            CheckAnnounced(collected.Length);
            Complete(collected);
            return;
        }

        if (!_prefixed)
            WritePrefix(flag: 0, _announced);
        CheckAnnounced(_written);
        _complete = true;
    }

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        if (_prefixed)
            throw new InvalidOperationException("The message is already being written.");
        Complete(payload.AsSpan());
    }

    void IBufferWriter<byte>.Advance(int count)
    {
        output.Advance(count);
        _written += count;
        UnflushedBytes += count;
    }

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint) => output.GetMemory(sizeHint);

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => output.GetSpan(sizeHint);

    private void Complete(ReadOnlySpan<byte> payload)
    {
        if (_complete)
            throw new InvalidOperationException("The message is complete.");
        CheckLimit(payload.Length);
        byte flag = 0;
        if (_compresses && Encoder!.TryEncode(payload, out var compressed)) // never null: compressing is decided by it
        {
            flag = 1;
            payload = compressed;
        }

        WritePrefix(flag, payload.Length);
        output.Write(payload);
        UnflushedBytes += payload.Length;
        _complete = true;
    }

    private void CheckAnnounced(int written)
    {
        if (_announced >= 0 && written != _announced)
            throw new InvalidOperationException($"The message announced {_announced} bytes and wrote {written}: it changed while it was written.");
    }

    private void CheckLimit(int bytes)
    {
        if (bytes > maxBytes)
            throw new RpcException(new Status(StatusCode.ResourceExhausted, $"Message of {bytes} bytes to send exceeds the limit of {maxBytes} bytes."));
    }

    private void WritePrefix(byte flag, int length)
    {
        var header = output.GetSpan(HeaderBytes);
        header[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], (uint)length);
        output.Advance(HeaderBytes);
        UnflushedBytes += HeaderBytes;
        _prefixed = true;
    }
}
