using EdgeEnforcement.GrpcTests.Protos;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeEnforcement.GrpcTests;

public sealed class LimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A message of exactly so many bytes on the wire.</summary>
    private static EchoMessage OfSize(int bytes)
    {
        var message = new EchoMessage { Payload = ByteString.CopyFrom(new byte[bytes]) };
        while (message.CalculateSize() > bytes)
            message.Payload = ByteString.CopyFrom(new byte[message.Payload.Length - 1]);
        Assert.Equal(bytes, message.CalculateSize());
        return message;
    }

    [Theory]
    [InlineData(1000, StatusCode.OK)]
    [InlineData(1001, StatusCode.ResourceExhausted)]
    public async Task Request_over_the_servers_limit_is_refused(int bytes, StatusCode expected)
    {
        await using var host = await EchoHost.StartAsync(options => options.MaxReceiveMessageSize = 1000);

        Assert.Equal(expected, await StatusOfAsync(host.Client, bytes));
        host.Log.AssertNoErrors();
    }

    [Theory]
    [InlineData(1000, StatusCode.OK)]
    [InlineData(1001, StatusCode.ResourceExhausted)]
    public async Task Response_over_the_servers_limit_is_refused(int bytes, StatusCode expected)
    {
        await using var host = await EchoHost.StartAsync(options => options.MaxSendMessageSize = 1000);

        Assert.Equal(expected, await StatusOfAsync(host.Client, bytes));
    }

    [Theory]
    [InlineData(1000, StatusCode.OK)]
    [InlineData(1001, StatusCode.ResourceExhausted)]
    public async Task Request_over_the_clients_limit_is_not_sent(int bytes, StatusCode expected)
    {
        await using var host = await EchoHost.StartAsync();

        Assert.Equal(expected, await StatusOfAsync(new Echo.EchoClient(host.Connect(options => options.MaxSendMessageSize = 1000)), bytes));
        Assert.Equal(expected == StatusCode.OK ? 1 : 0, host.Probe.DisposedCount);
    }

    [Theory]
    [InlineData(1000, StatusCode.OK)]
    [InlineData(1001, StatusCode.ResourceExhausted)]
    public async Task Response_over_the_clients_limit_is_refused(int bytes, StatusCode expected)
    {
        await using var host = await EchoHost.StartAsync();

        Assert.Equal(expected, await StatusOfAsync(new Echo.EchoClient(host.Connect(options => options.MaxReceiveMessageSize = 1000)), bytes));
    }

    [Fact]
    public async Task Default_limit_is_four_mebibytes()
    {
        await using var host = await EchoHost.StartAsync();

        Assert.Equal(StatusCode.OK, await StatusOfAsync(host.Client, 4 << 20));
        Assert.Equal(StatusCode.ResourceExhausted, await StatusOfAsync(host.Client, (4 << 20) + 1));
    }

    [Fact]
    public async Task Options_of_a_service_win_over_those_of_all()
    {
        await using var host = await EchoHost.StartAsync(
            options => options.MaxReceiveMessageSize = 1000,
            builder => builder.Services.AddGrpc().AddServiceOptions<EchoService>(options => options.MaxReceiveMessageSize = 2000));

        Assert.Equal(StatusCode.OK, await StatusOfAsync(host.Client, 2000));
        Assert.Equal(StatusCode.ResourceExhausted, await StatusOfAsync(host.Client, 2001));
    }

    [Fact]
    public async Task Message_over_the_clients_limit_leaves_the_stream_as_it_was()
    {
        await using var host = await EchoHost.StartAsync();
        var client = new Echo.EchoClient(host.Connect(options => options.MaxSendMessageSize = 1000));

        using var call = client.Collect(cancellationToken: Token);
        await call.RequestStream.WriteAsync(new EchoMessage { Text = "a" }, Token);
        var refused = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(OfSize(1001), Token));
        await call.RequestStream.WriteAsync(new EchoMessage { Text = "b" }, Token);
        await call.RequestStream.CompleteAsync();

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Equal("a,b", (await call).Text);
    }

    private static async Task<StatusCode> StatusOfAsync(Echo.EchoClient client, int bytes)
    {
        using var call = client.UnaryAsync(OfSize(bytes), cancellationToken: Token);
        try
        {
            await call;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }

        return call.GetStatus().StatusCode;
    }
}
