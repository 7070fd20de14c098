namespace EdgeEnforcement.Mqtt.Client;

/// <summary>The way to the server; a seam for faults of the network.</summary>
public interface IMqttDialer
{
    /// <summary>An open stream of bytes; the client disposes it. Fails with IOException, SocketException or AuthenticationException.</summary>
    ValueTask<Stream> DialAsync(CancellationToken cancellation);
}
