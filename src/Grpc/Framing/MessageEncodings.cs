using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.Framing;

/// <summary>The encodings one side has: identity always, and those of its providers.</summary>
internal sealed class MessageEncodings
{
    /// <summary>What is there where nobody chose: gzip, fast, since messages are small and wait for it.</summary>
    public static readonly MessageEncodings Default = new([new GzipCompressionProvider(CompressionLevel.Fastest)]);

    private readonly Dictionary<string, ICompressionProvider> _providers = new(StringComparer.Ordinal);

    /// <summary>The first provider of a name wins.</summary>
    public MessageEncodings(IEnumerable<ICompressionProvider> providers)
    {
        foreach (var provider in providers)
            _providers.TryAdd(provider.EncodingName, provider);
        AcceptHeader = string.Join(',', _providers.Keys.Prepend(GrpcProtocol.IdentityEncoding));
    }

    /// <summary>The value of <c>grpc-accept-encoding</c>.</summary>
    public string AcceptHeader { get; }

    public static bool IsIdentity(string? encoding) => string.IsNullOrEmpty(encoding) || encoding == GrpcProtocol.IdentityEncoding;

    public ICompressionProvider? Find(string encoding) => _providers.GetValueOrDefault(encoding);
}
