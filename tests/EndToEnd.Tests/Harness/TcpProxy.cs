using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EdgeEnforcement.EndToEnd.Tests.Harness;

/// <summary>A wire that can be cut: carries TCP to a port on loopback. Cut, it resets what it carries and takes nobody any more.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly int _target;
    private readonly ConcurrentDictionary<Socket, Task> _carried = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _connections;

    public TcpProxy(int target)
    {
        _target = target;
        Mend();
    }

    public int Port { get; } = LoopbackPort.Next();

    /// <summary>Taken so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public void Mend()
    {
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        _listener.Listen();
        _accepting = AcceptAsync(_listener);
    }

    public async Task CutAsync()
    {
        _listener?.Dispose();
        await _accepting;
        foreach (var (socket, _) in _carried)
            socket.Close(0); // a reset: what was under way is lost in the middle
        await Task.WhenAll(_carried.Values);
        _carried.Clear();
    }

    public async ValueTask DisposeAsync() => await CutAsync();

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket near;
            try
            {
                near = await listener.AcceptAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return; // cut
            }
            Interlocked.Increment(ref _connections);
            _carried[near] = CarryAsync(near);
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _target));
            // Either side's end ends both: who cuts closes one of them.
            await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
        }
        catch (SocketException)
        {
            // Nobody listens behind the wire.
        }
        near.Close(0);
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 << 10];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
                for (var at = 0; at < read;)
                    at += await to.SendAsync(buffer.AsMemory(at, read - at));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut, or the other side is gone.
        }
    }
}
