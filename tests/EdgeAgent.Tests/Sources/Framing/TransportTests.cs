using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Sources.Framing;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Framing;

/// <summary>The ways to a device, over real sockets and a real pair of terminals.</summary>
public sealed class TransportTests
{
    private static readonly byte[] Frame = Vectors.Bytes(Vectors.D20);

    [Fact]
    public async Task A_device_that_calls_is_served_and_another_at_the_same_time()
    {
        var transport = new TcpListenTransport(new IPEndPoint(IPAddress.Loopback, 0), mostLinks: 2, NewBackoff(), TimeProvider.System, NullLogger.Instance);
        await using var serving = new Serving(transport);
        var address = await transport.Bound;
        using var first = await CallAsync(address);
        using var second = await CallAsync(address);

        Assert.Equal("ok", await EchoAsync(first.GetStream()));
        Assert.Equal("ok", await EchoAsync(second.GetStream()));
        // A third is let in as soon as one has gone.
        using var third = await CallAsync(address);
        first.Close();
        Assert.Equal("ok", await EchoAsync(third.GetStream()));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_tried_again_until_it_is_free()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = (IPEndPoint)taken.LocalEndpoint;
        var transport = new TcpListenTransport(address, mostLinks: 1, NewBackoff(), TimeProvider.System, NullLogger.Instance);
        await using var serving = new Serving(transport);
        Assert.False(transport.Bound.IsCompleted);

        taken.Stop();

        Assert.Equal(address, await transport.Bound.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_device_that_listens_is_called_again_whenever_it_is_gone()
    {
        using var device = new TcpListener(IPAddress.Loopback, 0);
        device.Start();
        var port = ((IPEndPoint)device.LocalEndpoint).Port;
        await using var serving = new Serving(new TcpConnectTransport("127.0.0.1", port, NewBackoff(), TimeProvider.System, NullLogger.Instance));

        for (var call = 0; call < 3; call++)
        {
            using var link = await device.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            Assert.Equal("ok", await EchoAsync(link.GetStream()));
        }
    }

    [Fact]
    public async Task A_serial_port_carries_frames_both_ways_and_is_opened_again()
    {
        var folder = Directory.CreateTempSubdirectory("tty-").FullName;
        var (port, far) = (Path.Combine(folder, "agent"), Path.Combine(folder, "device"));
        await using var serving = new Serving(new SerialTransport(port, 9600, NewBackoff(), TimeProvider.System, NullLogger.Instance));
        try
        {
            for (var plugged = 0; plugged < 2; plugged++)
            {
                using var wire = Process.Start("socat", [$"pty,raw,echo=0,link={port}", $"pty,raw,echo=0,link={far}"]);
                await RunningAgent.UntilAsync(() => File.Exists(far) && File.Exists(port), "the pair of terminals");
                await using (var device = new FileStream(far, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0))
                {
                    await RunningAgent.UntilAsync(() => serving.Links > plugged, "the port's opening");
                    Assert.Equal("ok", await EchoAsync(device));
                }
                wire.Kill();
                await wire.WaitForExitAsync(TestContext.Current.CancellationToken);
                // Killed, it leaves the names of its terminals behind.
                File.Delete(port);
                File.Delete(far);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Backoff NewBackoff() => new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(50), () => 0.5);

    private static async Task<TcpClient> CallAsync(IPEndPoint address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address, TestContext.Current.CancellationToken);
        return client;
    }

    private static async Task<string> EchoAsync(Stream device)
    {
        await device.WriteAsync(Frame, TestContext.Current.CancellationToken);
        var answer = new byte[2];
        await device.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(answer);
    }

    /// <summary>Runs a transport whose handler answers every frame with "ok".</summary>
    private sealed class Serving : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly Task _running;
        private int _links;

        public Serving(ILinkTransport transport) => _running = transport.RunAsync(ServeAsync, _stopping.Token);

        public int Links => Volatile.Read(ref _links);

        private async Task ServeAsync(DeviceLink link, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _links);
            await new LinkSession(link, new Hj212FrameParser(1024), new Echo(link), TimeProvider.System).RunAsync(cancellation);
        }

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System));
            _stopping.Dispose();
        }
    }

    private sealed class Echo(DeviceLink link) : IFrameHandler
    {
        public DateTimeOffset? Due => null;

        public async ValueTask FrameAsync(Received frame, CancellationToken cancellation) => await link.SendAsync("ok"u8.ToArray(), cancellation);

        public ValueTask GarbageAsync(Received garbage, CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask TickAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask EndAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
