using System.Net.Sockets;
using EdgeEnforcement.EdgeAgent.Hosting;

namespace EdgeEnforcement.EdgeAgent.Sources.Framing;

/// We call the device (a logger or serial server that listens), and again whenever it is gone.
internal sealed class TcpConnectTransport(string host, int port, Backoff backoff, TimeProvider time, ILogger log) : ILinkTransport
{
    public async Task RunAsync(Func<DeviceLink, CancellationToken, Task> serve, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(host, port, cancellation);
                TcpSettings.Apply(socket);
                backoff.Reset();
                await using var link = new DeviceLink(new NetworkStream(socket, ownsSocket: true), $"{host}:{port}");
                await serve(link, cancellation);
            }
            catch (SocketException e)
            {
                log.NotReached($"{host}:{port}", e.Message);
            }
            await Task.Delay(backoff.Next(), time, cancellation);
        }
    }
}
