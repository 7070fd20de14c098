using System.Net.Security;
using System.Net.Sockets;

namespace EdgeEnforcement.Mqtt.Client;

/// <summary>TCP, and TLS over it where <paramref name="tls"/> says how: target host, client certificate, which servers are trusted.</summary>
public sealed class TcpDialer(string host, int port, SslClientAuthenticationOptions? tls = null) : IMqttDialer
{
    public async ValueTask<Stream> DialAsync(CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(host, port, cancellation);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (tls is null)
                return stream;
            var secure = new SslStream(stream);
            stream = secure;
            await secure.AuthenticateAsClientAsync(tls, cancellation);
            return secure;
        }
        catch
        {
            if (stream is not null)
                await stream.DisposeAsync();
            socket.Dispose();
            throw;
        }
    }
}
