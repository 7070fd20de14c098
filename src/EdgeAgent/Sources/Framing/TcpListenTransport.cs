using System.Net;
using System.Net.Sockets;
using EdgeEnforcement.EdgeAgent.Hosting;

namespace EdgeEnforcement.EdgeAgent.Sources.Framing;

/// Devices call us. Above the largest number of links nobody is accepted until one has ended.
internal sealed class TcpListenTransport(IPEndPoint endpoint, int mostLinks, Backoff backoff, TimeProvider time, ILogger log) : ILinkTransport
{
    private readonly TaskCompletionSource<IPEndPoint> _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// Completes with the address that is listened on (port 0: the one the system chose).
    public Task<IPEndPoint> Bound => _bound.Task;

    public async Task RunAsync(Func<DeviceLink, CancellationToken, Task> serve, CancellationToken cancellation)
    {
        using var socket = await BindAsync(cancellation);
        using var room = new SemaphoreSlim(mostLinks, mostLinks);
        var links = new HashSet<Task>();
        try
        {
            while (true)
            {
                await room.WaitAsync(cancellation);
                var accepted = await AcceptAsync(socket, cancellation);
                links.RemoveWhere(t => t.IsCompletedSuccessfully);
                // A link that fails (not: is lost) takes the listener with it, and that the agent: only the spool does so.
                if (links.FirstOrDefault(t => t.IsFaulted) is { } failed)
                    await failed;
                links.Add(ServeAsync(accepted, serve, room, cancellation));
            }
        }
        finally
        {
            await Task.WhenAll(links);
        }
    }

    private async Task<Socket> BindAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(endpoint);
                socket.Listen(1024);
                _bound.TrySetResult((IPEndPoint)socket.LocalEndPoint!); // bound: it has one
                log.Listening(socket.LocalEndPoint!.ToString()!);
                return socket;
            }
            catch (SocketException e)
            {
                socket.Dispose();
                var wait = backoff.Next();
                log.CannotListen(endpoint.ToString(), e.Message, wait.TotalSeconds);
                await Task.Delay(wait, time, cancellation);
            }
        }
    }

    /// A caller that is gone before it was accepted, or a moment without file handles, is no reason to stop listening.
    private async Task<Socket> AcceptAsync(Socket socket, CancellationToken cancellation)
    {
        while (true)
            try
            {
                return await socket.AcceptAsync(cancellation);
            }
            catch (SocketException e)
            {
                log.NotAccepted(endpoint.ToString(), e.Message);
                await Task.Delay(backoff.Next(), time, cancellation);
            }
    }

    private static async Task ServeAsync(
        Socket accepted, Func<DeviceLink, CancellationToken, Task> serve, SemaphoreSlim room, CancellationToken cancellation)
    {
        await Task.Yield();
        try
        {
            TcpSettings.Apply(accepted);
            await using var link = new DeviceLink(new NetworkStream(accepted, ownsSocket: true), accepted.RemoteEndPoint?.ToString() ?? "");
            await serve(link, cancellation);
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            // Gone before it was served, or shutdown.
        }
        finally
        {
            room.Release();
        }
    }
}
