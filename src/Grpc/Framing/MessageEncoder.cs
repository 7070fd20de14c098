using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.Framing;

/// <summary>Compresses the messages of one stream, one at a time, each for itself (gRPC compresses messages, never across them).</summary>
#pragma warning disable CA1001 // a MemoryStream holds nothing that needs an end
internal sealed class MessageEncoder(ICompressionProvider provider, CompressionLevel? level)
#pragma warning restore CA1001
{
    private readonly MemoryStream _compressed = new();

    /// <summary>The compressed bytes, valid until the next call; false when they would be no fewer, and the message travels as it is.</summary>
    public bool TryEncode(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> compressed)
    {
        _compressed.SetLength(0);
        using (var stream = provider.CreateCompressionStream(_compressed, level))
            stream.Write(message);
        compressed = _compressed.GetBuffer().AsSpan(0, (int)_compressed.Length);
        return compressed.Length < message.Length;
    }
}
