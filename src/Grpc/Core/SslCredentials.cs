namespace Grpc.Core;

/// <summary>TLS with the settings of the <c>HttpHandler</c>; certificates and roots are set there.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    internal override bool UsesTls => true;
}
