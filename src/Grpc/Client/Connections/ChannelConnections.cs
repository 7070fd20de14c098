using System.Net;
using System.Net.Sockets;
using Grpc.Core;

namespace Grpc.Net.Client.Connections;

/// <summary>
/// The TCP connections of one channel, counted: the transport asks here for each it opens. A connection opened by <see cref="ConnectAsync"/> is
/// kept for the first call. Ready while one is open; a failed attempt shows as TransientFailure until one succeeds.
/// </summary>
internal sealed class ChannelConnections(TimeProvider time, TimeSpan initialBackoff, TimeSpan maxBackoff) : IDisposable
{
    private const double BackoffFactor = 1.6; // gRPC's own ("Connection Backoff Protocol")

    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Socket? _kept;
    private int _open;

    public ConnectivityState State { get; private set; }

    /// <summary>What the transport calls to get a connection.</summary>
    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        new CountedStream(TakeKept() ?? await ConnectOnceAsync(context.DnsEndPoint, cancellationToken), Closed);

    /// <summary>Returns when a connection is open; tries again and again until then.</summary>
    public async Task ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var backoff = initialBackoff;
        while (State != ConnectivityState.Ready)
        {
            ObjectDisposedException.ThrowIf(State == ConnectivityState.Shutdown, typeof(GrpcChannel));
            try
            {
                Keep(await ConnectOnceAsync(new DnsEndPoint(address.IdnHost, address.Port), cancellationToken));
                return;
            }
            catch (SocketException)
            {
                backoff = await BackOffAsync(backoff, cancellationToken);
            }
        }
    }

    /// <summary>Waits, and says how long to wait the next time.</summary>
    public async Task<TimeSpan> BackOffAsync(TimeSpan backoff, CancellationToken cancellationToken)
    {
        await Task.Delay(backoff, time, cancellationToken);
        var next = backoff * BackoffFactor;
        return next < maxBackoff ? next : maxBackoff;
    }

    public async Task WaitForChangeAsync(ConnectivityState last, CancellationToken cancellationToken)
    {
        Task changed;
        lock (_lock)
        {
            if (State != last)
                return;
            changed = _changed.Task;
        }

        await changed.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        TakeKept()?.Dispose();
        Become(ConnectivityState.Shutdown);
    }

    private async Task<Socket> ConnectOnceAsync(DnsEndPoint endPoint, CancellationToken cancellationToken)
    {
        Become(ConnectivityState.Connecting);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            Become(exception is SocketException ? ConnectivityState.TransientFailure : ConnectivityState.Idle);
            throw;
        }

        lock (_lock)
            _open++;
        Become(ConnectivityState.Ready);
        return socket;
    }

    private void Keep(Socket socket)
    {
        Socket? surplus;
        lock (_lock)
            (surplus, _kept) = (_kept, socket);
        Drop(surplus);
    }

    /// <summary>Null when there is none, or the server closed it meanwhile.</summary>
    private Socket? TakeKept()
    {
        Socket? kept;
        lock (_lock)
            (kept, _kept) = (_kept, null);
        if (kept is null || IsOpen(kept))
            return kept;
        Drop(kept);
        return null;
    }

    /// <summary>A server may have spoken first, or spoken and closed: only the state of the connection tells, and only Linux tells it.</summary>
    private static bool IsOpen(Socket socket)
    {
        const int tcp = 6, tcpInfo = 11;
        const byte established = 1; // tcpi_state, the first byte of struct tcp_info
        if (!socket.Poll(0, SelectMode.SelectRead))
            return true;
        Span<byte> state = stackalloc byte[1];
        return OperatingSystem.IsLinux() && socket.GetRawSocketOption(tcp, tcpInfo, state) == 1 && state[0] == established;
    }

    private void Drop(Socket? socket)
    {
        if (socket is null)
            return;
        socket.Dispose();
        Closed();
    }

    private void Closed()
    {
        bool isLast;
        lock (_lock)
            isLast = --_open == 0;
        if (isLast)
            Become(ConnectivityState.Idle);
    }

    /// <summary>An open connection outlasts failed attempts to open another; Shutdown is for good.</summary>
    private void Become(ConnectivityState state)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            if (_open > 0 && state != ConnectivityState.Shutdown)
                state = ConnectivityState.Ready;
            if (State == state || State == ConnectivityState.Shutdown)
                return;
            State = state;
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }

    private sealed class CountedStream(Socket socket, Action closed) : NetworkStream(socket, ownsSocket: true)
    {
        private int _closed;

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing && Interlocked.Exchange(ref _closed, 1) == 0)
                closed();
        }
    }
}
