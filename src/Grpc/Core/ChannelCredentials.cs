namespace Grpc.Core;

/// <summary>Whether a channel uses TLS, and the credentials of its calls. Certificates belong to the <c>HttpHandler</c>.</summary>
public abstract class ChannelCredentials
{
    private protected ChannelCredentials()
    {
    }

    /// <summary>No TLS: HTTP/2 in the clear.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureCredentials();

    /// <summary>TLS with the settings of the <c>HttpHandler</c>.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    internal abstract bool UsesTls { get; }

    /// <summary>Of every call of the channel.</summary>
    internal virtual CallCredentials? CallCredentials => null;

    /// <summary>A channel's credentials with those of its calls.</summary>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        ArgumentNullException.ThrowIfNull(channelCredentials);
        ArgumentNullException.ThrowIfNull(callCredentials);
        if (channelCredentials.CallCredentials is not null)
            throw new ArgumentException("These credentials have call credentials already; compose them.", nameof(channelCredentials));
        return new CompositeCredentials(channelCredentials.UsesTls, callCredentials);
    }

    private sealed class InsecureCredentials : ChannelCredentials
    {
        internal override bool UsesTls => false;
    }

    private sealed class CompositeCredentials(bool usesTls, CallCredentials callCredentials) : ChannelCredentials
    {
        internal override bool UsesTls => usesTls;

        internal override CallCredentials CallCredentials => callCredentials;
    }
}
