using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;

namespace Grpc.Framing;

/// <summary>
/// Messages to frames, straight into one pipe. With an announced size the prefix is written first and the message after it in place; without,
/// the message is collected and copied. The limit is judged before the first byte, so a message over it leaves the stream as it was.
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

    /// <summary>Half a frame is in the pipe.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Bytes written since the last flush.</summary>
    public long UnflushedBytes { get; private set; }

    public void Write<T>(T message, Action<T, SerializationContext> serializer)
    {
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
        if (_announced < 0)
            return _collected ??= new ArrayBufferWriter<byte>();
        if (!_prefixed)
            WritePrefix(_announced);
        return this;
    }

    public override void Complete()
    {
        if (_announced < 0)
        {
            Complete(_collected is null ? [] : _collected.WrittenSpan);
            return;
        }

        if (!_prefixed)
            WritePrefix(_announced);
        if (_written != _announced)
            throw new InvalidOperationException($"The message announced {_announced} bytes and wrote {_written}: it changed while it was written.");
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
        WritePrefix(payload.Length);
        output.Write(payload);
        UnflushedBytes += payload.Length;
        _complete = true;
    }

    private void CheckLimit(int bytes)
    {
        if (bytes > maxBytes)
            throw new RpcException(new Status(StatusCode.ResourceExhausted, $"Message of {bytes} bytes to send exceeds the limit of {maxBytes} bytes."));
    }

    private void WritePrefix(int length)
    {
        var header = output.GetSpan(HeaderBytes);
        header[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], (uint)length);
        output.Advance(HeaderBytes);
        UnflushedBytes += HeaderBytes;
        _prefixed = true;
    }
}
