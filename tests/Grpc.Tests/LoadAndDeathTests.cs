using EdgeEnforcement.GrpcTests.Interop;
using EdgeEnforcement.GrpcTests.Protos;
using Grpc.Core;
using Grpc.Net.Client;

namespace EdgeEnforcement.GrpcTests;

/// <summary>Many calls at once, servers that die and servers that are told to stop.</summary>
public sealed class LoadAndDeathTests(PythonPeer peer) : IClassFixture<PythonPeer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Thousand_streams_are_open_at_once_and_every_one_ends()
    {
        const int count = 1000;
        await using var host = await EchoHost.StartAsync();

        var calls = Enumerable.Range(0, count).Select(_ => host.Client.Chat(cancellationToken: Token)).ToList();
        await Task.WhenAll(calls.Select(async (call, number) =>
        {
            await call.RequestStream.WriteAsync(new EchoMessage { Text = $"{number}" });
            Assert.True(await call.ResponseStream.MoveNext(Token));
            Assert.Equal($"{number}", call.ResponseStream.Current.Text);
        }));
        Assert.Equal(0, host.Probe.DisposedCount); // all of them are open now

        foreach (var call in calls[..(count / 2)])
            call.Dispose();
        await Task.WhenAll(calls[(count / 2)..].Select(async call =>
        {
            await call.RequestStream.CompleteAsync();
            Assert.False(await call.ResponseStream.MoveNext(Token));
            Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        }));

        for (var i = 0; i < count / 2; i++)
            await host.Probe.UntilFailedAsync(); // each disposed call reached its service
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Killed_server_ends_its_streams_with_unavailable()
    {
        using var server = peer.StartServer();
        var port = await server.StandardOutput.ReadLineAsync(Token);
        using var channel = GrpcChannel.ForAddress("http://127.0.0.1:" + port);
        using var call = new Echo.EchoClient(channel).Chat(cancellationToken: Token);
        await call.RequestStream.WriteAsync(new EchoMessage { Text = "alive" });
        Assert.True(await call.ResponseStream.MoveNext(Token));

        server.Kill();
        await server.WaitForExitAsync(Token);

        var read = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Token));
        var write = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new EchoMessage()));
        Assert.Equal(StatusCode.Unavailable, read.StatusCode);
        Assert.Equal(StatusCode.Unavailable, write.StatusCode);
        Assert.Equal(StatusCode.Unavailable, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Server_told_to_stop_lets_open_calls_end_and_takes_no_new_ones()
    {
        await using var host = await EchoHost.StartAsync();
        using var open = host.Client.Chat(cancellationToken: Token);
        await open.RequestStream.WriteAsync(new EchoMessage { Text = "before" });
        Assert.True(await open.ResponseStream.MoveNext(Token));

        var stopped = host.StopAsync();

        // Calls are served until the client has heard of it (GOAWAY); then there is no server to connect to.
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (true)
                await host.Client.UnaryAsync(new EchoMessage(), cancellationToken: Token);
        });
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.False(stopped.IsCompleted);

        await open.RequestStream.WriteAsync(new EchoMessage { Text = "after" });
        Assert.True(await open.ResponseStream.MoveNext(Token));
        Assert.Equal("after", open.ResponseStream.Current.Text);
        await open.RequestStream.CompleteAsync();
        Assert.False(await open.ResponseStream.MoveNext(Token));
        await stopped;
        host.Log.AssertNoErrors();
    }
}
