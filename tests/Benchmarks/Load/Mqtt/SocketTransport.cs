using System.Net.Sockets;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

internal sealed class SocketTransport(Socket socket) : ILoadTransport
{
    public bool TellsWhenEmpty => true;

    public int Receive(Span<byte> target)
    {
        var count = socket.Receive(target, SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
            return 0;
        return error == SocketError.Success && count > 0 ? count : throw new InvalidOperationException($"the server closed a connection ({error})");
    }

    public int Send(ReadOnlySpan<byte> bytes)
    {
        var count = socket.Send(bytes, SocketFlags.None, out var error);
        return error is SocketError.Success or SocketError.WouldBlock ? count : throw new InvalidOperationException($"the server closed a connection ({error})");
    }

    public void EnterLoop() => socket.Blocking = false;

    public void Dispose() => socket.Dispose();
}
