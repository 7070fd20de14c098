using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Framing;

/// <summary>
/// Decompresses the messages of one stream whose peer announced an encoding. The limit counts decompressed bytes and is held while they come
/// out: of a bomb never more than twice the limit is in memory.
/// </summary>
internal sealed class MessageDecoder(string encoding, MessageEncodings known, int? maxBytes)
{
    private const int FirstBufferBytes = 4096;

    private readonly ICompressionProvider? _provider = known.Find(encoding);

    /// <exception cref="RpcException">INTERNAL: unknown encoding, or bytes that are not what it says. RESOURCE_EXHAUSTED: over the limit.</exception>
    public DecodedMessage Decode(ReadOnlySequence<byte> payload)
    {
        if (_provider is null)
            throw Refused(StatusCode.Internal, $"The message has the encoding '{encoding}'; supported: {known.AcceptHeader}.");

        var message = new DecodedMessage(FirstBufferBytes);
        try
        {
            using var stream = _provider.CreateDecompressionStream(PipeReader.Create(payload).AsStream());
            while (stream.Read(message.Room()) is var count and > 0)
            {
                message.Take(count);
                if (message.Length > maxBytes)
                    throw Refused(StatusCode.ResourceExhausted, $"Received message exceeds the limit of {maxBytes} bytes when decompressed.");
            }

            if (_provider is GzipCompressionProvider && !IsWholeGzip(payload, message.Length))
                throw Refused(StatusCode.Internal, "The compressed message is cut short.");
            return message;
        }
        catch (Exception exception)
        {
            message.Dispose();
            if (exception is RpcException)
                throw;
            throw Refused(StatusCode.Internal, "The message cannot be decompressed.", exception);
        }
    }

    /// <summary>RFC 1952 2.3.1: the last four bytes are the size modulo 2^32. <c>GZipStream</c> takes the end of its input for the end of the data.</summary>
    private static bool IsWholeGzip(ReadOnlySequence<byte> payload, int length)
    {
        const int smallestBytes = 20; // header 10, an empty block 2, trailer 8
        const int sizeBytes = 4;
        if (payload.Length < smallestBytes)
            return false;
        Span<byte> size = stackalloc byte[sizeBytes];
        payload.Slice(payload.Length - sizeBytes).CopyTo(size);
        return BinaryPrimitives.ReadInt32LittleEndian(size) == length;
    }

    private static RpcException Refused(StatusCode code, string detail, Exception? cause = null) => new(new Status(code, detail, cause));
}
