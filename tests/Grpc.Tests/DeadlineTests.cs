using System.Globalization;
using EdgeEnforcement.GrpcTests.Protos;
using Grpc.Core;

namespace EdgeEnforcement.GrpcTests;

public sealed class DeadlineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTime In(TimeSpan time) => TimeProvider.System.GetUtcNow().UtcDateTime + time;

    [Fact]
    public async Task Deadline_travels_to_the_service()
    {
        await using var host = await EchoHost.StartAsync();
        var deadline = In(TimeSpan.FromMinutes(5));

        var answer = await host.Client.UnaryAsync(new EchoMessage { Act = "context" }, deadline: deadline, cancellationToken: Token);

        var seen = DateTime.Parse(answer.Text.Split('|')[3], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        Assert.Equal(DateTimeKind.Utc, seen.Kind);
        Assert.InRange(seen, deadline - TimeSpan.FromSeconds(1), deadline + TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Deadline_that_passes_ends_the_call_and_cancels_the_service()
    {
        await using var host = await EchoHost.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(
            new EchoMessage { Act = "hang" }, deadline: In(TimeSpan.FromSeconds(3)), cancellationToken: Token));

        Assert.Equal(StatusCode.DeadlineExceeded, refused.StatusCode);
        Assert.True(await host.Probe.UntilSeenAsync());
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Deadline_that_passed_before_the_call_is_not_sent()
    {
        await using var host = await EchoHost.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(
            new EchoMessage(), deadline: In(TimeSpan.FromSeconds(-1)), cancellationToken: Token));

        Assert.Equal(StatusCode.DeadlineExceeded, refused.StatusCode);
        Assert.Equal(0, host.Probe.DisposedCount);
    }

    [Fact]
    public async Task Server_answers_at_the_deadline_though_its_service_does_not_listen()
    {
        await using var host = await EchoHost.StartAsync();
        using var raw = host.Raw();
        using var request = RawCall.Request("/grpctests.v1.Echo/Unary", RawCall.Frame(new EchoMessage { Act = "stubborn" }));
        request.Headers.Add("grpc-timeout", "100m"); // only the server has a deadline

        using var response = await raw.SendAsync(request, Token);

        Assert.Equal("4", RawCall.Status(response));
        host.Probe.Release.SetResult();
        Assert.True(await host.Probe.UntilSeenAsync());
    }

    [Theory]
    [InlineData("0m", "4")]
    [InlineData("1H", "0")]
    [InlineData("99999999H", "0")]
    [InlineData("", "13")]
    [InlineData("m", "13")]
    [InlineData("-1S", "13")]
    [InlineData("1.5S", "13")]
    [InlineData("123456789S", "13")]
    [InlineData("10s", "13")]
    public async Task Timeout_header_is_read_or_refused(string timeout, string status)
    {
        await using var host = await EchoHost.StartAsync();
        using var raw = host.Raw();
        using var request = RawCall.Request("/grpctests.v1.Echo/Unary", RawCall.Frame(new EchoMessage()));
        request.Headers.TryAddWithoutValidation("grpc-timeout", timeout);

        using var response = await raw.SendAsync(request, Token);

        Assert.Equal(status, RawCall.Status(response));
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Deadline_ends_a_stream_that_waits_for_messages_on_either_side()
    {
        await using var host = await EchoHost.StartAsync();

        using var call = host.Client.Chat(deadline: In(TimeSpan.FromSeconds(3)), cancellationToken: Token);
        await call.RequestStream.WriteAsync(new EchoMessage { Text = "1" }, Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        var read = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Token));
        var write = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new EchoMessage(), Token));

        Assert.Equal(StatusCode.DeadlineExceeded, read.StatusCode);
        Assert.Equal(StatusCode.DeadlineExceeded, write.StatusCode);
        await host.Probe.UntilFailedAsync();
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Local_time_is_no_deadline()
    {
        await using var host = await EchoHost.StartAsync();

        Assert.Throws<InvalidOperationException>(() => host.Client.UnaryAsync(
            new EchoMessage(), deadline: DateTime.SpecifyKind(In(TimeSpan.FromHours(1)), DateTimeKind.Local), cancellationToken: Token));
    }
}
