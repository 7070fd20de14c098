using EdgeEnforcement.GrpcTests.Protos;
using Grpc.Core;

namespace EdgeEnforcement.GrpcTests;

public sealed class CancellationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancelled_call_tells_the_service()
    {
        await using var host = await EchoHost.StartAsync();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);

        using var call = host.Client.UnaryAsync(new EchoMessage { Act = "hang" }, cancellationToken: source.Token);
        await host.Probe.UntilHangingAsync();
        await source.CancelAsync();
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal(StatusCode.Cancelled, refused.StatusCode);
        Assert.True(await host.Probe.UntilSeenAsync());
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Token_cancelled_before_the_call_sends_nothing()
    {
        await using var host = await EchoHost.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.UnaryAsync(new EchoMessage(), cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(StatusCode.Cancelled, refused.StatusCode);
        Assert.Equal(0, host.Probe.DisposedCount);
    }

    [Fact]
    public async Task Disposed_call_tells_the_service_in_the_middle_of_a_stream()
    {
        await using var host = await EchoHost.StartAsync();

        var call = host.Client.Chat(cancellationToken: Token);
        await call.RequestStream.WriteAsync(new EchoMessage(), Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        call.Dispose();

        Assert.IsAssignableFrom<IOException>(await host.Probe.UntilFailedAsync());
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Token_of_a_read_cancels_the_call()
    {
        await using var host = await EchoHost.StartAsync();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);

        using var call = host.Client.Chat(cancellationToken: Token);
        await call.RequestStream.WriteAsync(new EchoMessage(), Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        var read = call.ResponseStream.MoveNext(source.Token);
        await source.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => read)).StatusCode);
        await host.Probe.UntilFailedAsync();
    }

    [Fact]
    public async Task Disposed_channel_cancels_its_calls()
    {
        await using var host = await EchoHost.StartAsync();
        var channel = host.Connect();

        using var call = new Echo.EchoClient(channel).UnaryAsync(new EchoMessage { Act = "hang" }, cancellationToken: Token);
        await host.Probe.UntilHangingAsync();
        channel.Dispose();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
        Assert.True(await host.Probe.UntilSeenAsync());
    }

    [Fact]
    public async Task Cancellation_can_be_an_operation_cancelled_exception()
    {
        await using var host = await EchoHost.StartAsync();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var client = new Echo.EchoClient(host.Connect(options => options.ThrowOperationCanceledOnCancellation = true));

        using var call = client.UnaryAsync(new EchoMessage { Act = "hang" }, cancellationToken: source.Token);
        await host.Probe.UntilHangingAsync();
        await source.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await call);
        Assert.Equal(source.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task Server_that_stops_ends_its_calls_with_unavailable_or_cancelled()
    {
        var host = await EchoHost.StartAsync();
        using var call = host.Client.Chat(cancellationToken: Token);
        await call.RequestStream.WriteAsync(new EchoMessage(), Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));

        var read = call.ResponseStream.MoveNext(Token);
        await host.AbortAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(() => read);
        Assert.Contains(refused.StatusCode, new[] { StatusCode.Unavailable, StatusCode.Cancelled, StatusCode.Internal });
        await host.DisposeAsync();
    }
}
