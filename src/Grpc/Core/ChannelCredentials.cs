namespace Grpc.Core;

/// <summary>Whether a channel uses TLS. Certificates belong to the <c>HttpHandler</c>.</summary>
public abstract class ChannelCredentials
{
    private protected ChannelCredentials()
    {
    }

    /// <summary>No TLS: HTTP/2 in the clear.</summary>
    public static ChannelCredentials Insecure { get; } = new PlainCredentials(usesTls: false);

    /// <summary>TLS with the settings of the <c>HttpHandler</c>.</summary>
    public static ChannelCredentials SecureSsl { get; } = new PlainCredentials(usesTls: true);

    internal abstract bool UsesTls { get; }

    private sealed class PlainCredentials(bool usesTls) : ChannelCredentials
    {
        internal override bool UsesTls => usesTls;
    }
}
