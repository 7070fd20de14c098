using System.Net;
using System.Net.Sockets;
using EdgeEnforcement.Mqtt.Client;

namespace EdgeEnforcement.Mqtt.Tests.Client.Foreign;

/// <summary>Dials as usual and can cut what it dialled, in both directions, whatever is on the way.</summary>
internal sealed class CuttingDialer(int port) : IMqttDialer
{
    private Socket? _current;

    public async ValueTask<Stream> DialAsync(CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
        _current = socket;
        return new NetworkStream(socket, ownsSocket: true);
    }

    public void Cut()
    {
        try
        {
            _current?.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // it had gone by itself
        }
    }
}
