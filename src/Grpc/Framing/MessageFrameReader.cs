using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;

namespace Grpc.Framing;

/// <summary>
/// Frames to messages, from one pipe, one at a time:
/// <code>
/// +------+------------------------+-----------+
/// | flag | length, 4 bytes, big-e.| message   |
/// +------+------------------------+-----------+
/// </code>
/// The flag (compressed) must be 0, for no encoding is ever agreed on. The length is judged as soon as its four bytes are there, before
/// memory is spent on the body. The message is parsed where it lies in the pipe; nothing is copied.
/// A frame that breaks a rule is an <see cref="RpcException"/> and leaves the reader unusable: the position in the stream is lost.
/// </summary>
internal sealed class MessageFrameReader<T>(PipeReader input, Func<DeserializationContext, T> deserializer, int? maxBytes)
    where T : class
{
    public const int HeaderBytes = 5;

    private readonly FramePayload _payload = new();
    private RpcException? _broken;

    /// <summary>What the last successful read gave; owned by whoever reads.</summary>
    public T? Current { get; private set; }

    /// <summary>False at the end of the stream.</summary>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_broken is not null)
            return ValueTask.FromException<bool>(_broken);
        if (!cancellationToken.IsCancellationRequested && input.TryRead(out var result) && TryTake(result, out var more))
            return new ValueTask<bool>(more);
        return AwaitAsync(cancellationToken);
    }

    private async ValueTask<bool> AwaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            if (TryTake(result, out var more))
                return more;
        }
    }

    /// <summary>True when the read is decided: <paramref name="more"/> says whether by a message or by the end.</summary>
    private bool TryTake(ReadResult result, out bool more)
    {
        var consumed = result.Buffer.Start;
        var examined = result.Buffer.End;
        more = false;
        try
        {
            if (result.IsCanceled)
                throw new OperationCanceledException("The read was cancelled with its call.");
            if (TryParse(result.Buffer, out var payload))
            {
                Current = Deserialize(payload);
                consumed = examined = payload.End;
                more = true;
                return true;
            }

            if (!result.IsCompleted)
                return false;
            if (!result.Buffer.IsEmpty)
                throw Broken(StatusCode.Internal, "The stream ended in the middle of a message.");
            Current = null;
            return true;
        }
        finally
        {
            input.AdvanceTo(consumed, examined);
        }
    }

    private bool TryParse(in ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (buffer.Length < HeaderBytes)
            return false;

        Span<byte> header = stackalloc byte[HeaderBytes];
        buffer.Slice(0, HeaderBytes).CopyTo(header);
        if (header[0] == 1)
            throw Broken(StatusCode.Internal, "The message is marked compressed, but no encoding was announced.");
        if (header[0] != 0)
            throw Broken(StatusCode.Internal, "The frame does not begin with a compression flag.");
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > (uint)(maxBytes ?? int.MaxValue))
            throw Broken(StatusCode.ResourceExhausted, $"Received message of {length} bytes exceeds the limit of {maxBytes ?? int.MaxValue} bytes.");
        if (buffer.Length - HeaderBytes < length)
            return false;
        payload = buffer.Slice(HeaderBytes, length);
        return true;
    }

    private T Deserialize(ReadOnlySequence<byte> payload)
    {
        _payload.Set(payload);
        try
        {
            return deserializer(_payload);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Broken(StatusCode.Internal, "The message cannot be parsed.", exception);
        }
        finally
        {
            _payload.Set(default);
        }
    }

    private RpcException Broken(StatusCode code, string detail, Exception? cause = null) =>
        _broken = new RpcException(new Status(code, detail, cause));
}
