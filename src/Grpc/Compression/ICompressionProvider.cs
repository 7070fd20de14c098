using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>One way to compress messages, known to both sides by its name.</summary>
public interface ICompressionProvider
{
    /// <summary>What <c>grpc-encoding</c> and <c>grpc-accept-encoding</c> call it.</summary>
    string EncodingName { get; }

    /// <summary>What is written into the answer arrives compressed in <paramref name="stream"/>, which stays open. Null: the provider's own level.</summary>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>What is read from the answer is what the compressed <paramref name="stream"/> holds.</summary>
    Stream CreateDecompressionStream(Stream stream);
}
