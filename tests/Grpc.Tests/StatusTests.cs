using EdgeEnforcement.GrpcTests.Protos;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.GrpcTests;

public sealed class StatusTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<StatusCode> AllButOk => [.. Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK)];

    [Theory]
    [MemberData(nameof(AllButOk))]
    public async Task Every_code_arrives_with_its_words_and_trailers(StatusCode code)
    {
        await using var host = await EchoHost.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.UnaryAsync(new EchoMessage { Act = "fail", Code = (int)code, Text = "证据 100% 不符\n" }, cancellationToken: Token));

        Assert.Equal(code, refused.StatusCode);
        Assert.Equal("证据 100% 不符\n", refused.Status.Detail);
        Assert.Equal("asked", refused.Trailers.GetValue("why"));
        Assert.Equal([0, 255, 128], refused.Trailers.GetValueBytes("why-bin"));
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Status_after_messages_comes_after_them()
    {
        await using var host = await EchoHost.StartAsync();

        using var call = host.Client.Expand(
            new EchoMessage { Act = "fail-after", Repeat = 3, Code = (int)StatusCode.DataLoss, Text = "halfway" }, cancellationToken: Token);
        for (var i = 0; i < 3; i++)
            Assert.True(await call.ResponseStream.MoveNext(Token));
        var refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Token));

        Assert.Equal(StatusCode.DataLoss, refused.StatusCode);
        Assert.Equal(refused.Status.StatusCode, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Status_set_on_the_context_is_the_status_of_a_call_that_returns()
    {
        await using var host = await EchoHost.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.UnaryAsync(new EchoMessage { Act = "status", Code = 9, Text = "not now" }, cancellationToken: Token));

        Assert.Equal(new Status(StatusCode.FailedPrecondition, "not now"), refused.Status);
    }

    [Fact]
    public async Task Exception_of_service_code_is_unknown_to_the_caller_and_an_error_in_the_log()
    {
        await using var host = await EchoHost.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.UnaryAsync(new EchoMessage { Act = "throw", Text = "secret" }, cancellationToken: Token));

        Assert.Equal(new Status(StatusCode.Unknown, "Exception was thrown by handler."), refused.Status);
        var line = Assert.Single(host.Log.Lines, line => line.Level == LogLevel.Error);
        Assert.Equal(1280, line.Id.Id);
        Assert.Equal("secret", Assert.IsType<InvalidOperationException>(line.Exception).Message);
    }

    [Fact]
    public async Task Detailed_errors_tell_the_caller()
    {
        await using var host = await EchoHost.StartAsync(options => options.EnableDetailedErrors = true);

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.UnaryAsync(new EchoMessage { Act = "throw", Text = "inside" }, cancellationToken: Token));

        Assert.Contains("InvalidOperationException: inside", refused.Status.Detail);
    }

    [Fact]
    public async Task Service_code_that_returns_null_is_cancelled()
    {
        await using var host = await EchoHost.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.UnaryAsync(new EchoMessage { Act = "null" }, cancellationToken: Token));

        Assert.Equal(new Status(StatusCode.Cancelled, "No message returned from method."), refused.Status);
    }

    [Fact]
    public async Task Client_streaming_call_refused_early_ends_with_the_refusal()
    {
        await using var host = await EchoHost.StartAsync();

        using var call = host.Client.Collect(cancellationToken: Token);
        await call.RequestStream.WriteAsync(new EchoMessage { Act = "fail", Code = 7, Text = "stop" }, Token);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        var write = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new EchoMessage(), Token));
        Assert.Equal(StatusCode.PermissionDenied, write.StatusCode);
    }

    [Fact]
    public async Task Service_is_disposed_after_each_call()
    {
        await using var host = await EchoHost.StartAsync();

        await host.Client.UnaryAsync(new EchoMessage(), cancellationToken: Token);
        await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.UnaryAsync(new EchoMessage { Act = "throw" }, cancellationToken: Token));

        Assert.Equal(2, host.Probe.DisposedCount);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_unavailable()
    {
        var host = await EchoHost.StartAsync();
        var address = host.Address;
        await host.DisposeAsync();
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress(address);

        using var call = new Echo.EchoClient(channel).UnaryAsync(new EchoMessage(), cancellationToken: Token);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseHeadersAsync)).StatusCode);
    }
}
