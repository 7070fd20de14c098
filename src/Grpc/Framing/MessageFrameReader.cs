using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Grpc.Core;

namespace Grpc.Framing;

/// <summary>
/// Frames to messages, from one pipe, one at a time:
/// <code>
/// +------+------------------------+-----------+
/// | flag | length, 4 bytes, big-e.| message   |
/// +------+------------------------+-----------+
/// </code>
/// The flag says whether the message is compressed, with the encoding its peer announced. The length is judged as soon as its four bytes are
/// there, before memory is spent on the body. The message is parsed where it lies in the pipe; nothing is copied. What one read of the pipe
/// gave is kept until its last whole message is taken, so that a stream of small messages does not pay for the pipe with each of them.
/// A frame that breaks a rule is an <see cref="RpcException"/> and leaves the reader unusable: the position in the stream is lost.
/// </summary>
internal sealed class MessageFrameReader<T>(
    PipeReader input, Func<DeserializationContext, T> deserializer, int? maxBytes, MessageDecoder? decoder)
    where T : class
{
    public const int HeaderBytes = 5;

    private readonly FramePayload _payload = new();
    private ReadOnlySequence<byte> _unparsed; // while _holds: what the pipe gave and no message has taken
    private bool _holds; // the pipe waits to hear what was consumed
    private RpcException? _broken;

    /// <summary>What the last successful read gave; owned by whoever reads.</summary>
    public T? Current { get; private set; }

    /// <summary>False at the end of the stream.</summary>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_broken is not null)
            return ValueTask.FromException<bool>(_broken);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);
        try
        {
            if (TryTakeNext())
                return new ValueTask<bool>(true);
            Release();
            if (input.TryRead(out var result) && TryTake(result, out var more))
                return new ValueTask<bool>(more);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<bool>(exception);
        }

        return AwaitAsync(cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
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
        _unparsed = result.Buffer;
        _holds = true;
        more = !result.IsCanceled && TryTakeNext();
        if (more)
            return true;

        var isCut = !_unparsed.IsEmpty;
        Release();
        if (result.IsCanceled)
            throw new OperationCanceledException("The read was cancelled with its call.");
        if (!result.IsCompleted)
            return false;
        if (isCut)
            throw Broken(StatusCode.Internal, "The stream ended in the middle of a message.");
        Current = null;
        return true;
    }

    /// <summary>False when what is held has no whole message.</summary>
    private bool TryTakeNext()
    {
        if (!_holds)
            return false;
        try
        {
            if (!TryParse(out var payload, out var isCompressed))
                return false;
            Current = isCompressed ? DeserializeCompressed(payload) : Deserialize(payload);
            _unparsed = _unparsed.Slice(payload.End);
        }
        catch (RpcException exception)
        {
            _broken = exception;
            Release();
            throw;
        }

        if (_unparsed.IsEmpty)
            Release();
        return true;
    }

    private void Release()
    {
        if (!_holds)
            return;
        input.AdvanceTo(_unparsed.Start, _unparsed.End);
        _unparsed = default;
        _holds = false;
    }

    private bool TryParse(out ReadOnlySequence<byte> payload, out bool isCompressed)
    {
        payload = default;
        isCompressed = false;
        if (_unparsed.Length < HeaderBytes)
            return false;

        Span<byte> header = stackalloc byte[HeaderBytes];
        _unparsed.Slice(0, HeaderBytes).CopyTo(header);
        isCompressed = header[0] == 1;
        if (isCompressed && decoder is null)
            throw Broken(StatusCode.Internal, "The message is marked compressed, but no encoding was announced.");
        if (header[0] > 1)
            throw Broken(StatusCode.Internal, "The frame does not begin with a compression flag.");
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > (uint)(maxBytes ?? int.MaxValue))
            throw Broken(StatusCode.ResourceExhausted, $"Received message of {length} bytes exceeds the limit of {maxBytes ?? int.MaxValue} bytes.");
        if (_unparsed.Length - HeaderBytes < length)
            return false;
        payload = _unparsed.Slice(HeaderBytes, length);
        return true;
    }

    private T DeserializeCompressed(ReadOnlySequence<byte> payload)
    {
        using var message = decoder!.Decode(payload); // never null: the flag was refused without one
        return Deserialize(message.Bytes);
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
