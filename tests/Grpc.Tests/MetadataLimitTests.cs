using System.Text;
using EdgeEnforcement.GrpcTests.Protos;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EdgeEnforcement.GrpcTests;

/// <summary>Metadata that are too large, or hold bytes that metadata may not.</summary>
public sealed class MetadataLimitTests
{
    private const string Unary = "/grpctests.v1.Echo/Unary";

    private static readonly string TooLong = new('x', 40_000); // over Kestrel's 32 KiB; twice, over the handler's 64

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_metadata_over_the_servers_limit_are_not_sent_and_leave_the_channel_alone()
    {
        await using var host = await EchoHost.StartAsync();
        await host.Client.UnaryAsync(new EchoMessage(), cancellationToken: Token); // the server's limit is known with the connection

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.UnaryAsync(new EchoMessage(), new Metadata { { "echo-long", TooLong } }, cancellationToken: Token));

        Assert.Equal(StatusCode.Internal, refused.StatusCode);
        Assert.Contains("server limit", refused.Status.Detail);
        await host.Client.UnaryAsync(new EchoMessage(), cancellationToken: Token);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Response_metadata_over_the_clients_limit_are_resource_exhausted(bool inTrailers)
    {
        await using var host = await EchoHost.StartAsync(map: app => app.MapPost("/odd" + Unary, async (HttpContext http) =>
        {
            http.Response.ContentType = "application/grpc";
            if (!inTrailers)
                (http.Response.Headers["long"], http.Response.Headers["longer"]) = (TooLong, TooLong);
            await http.Response.Body.WriteAsync(RawCall.Frame(new EchoMessage()), Token);
            foreach (var key in inTrailers ? new[] { "long", "longer" } : [])
                http.Response.AppendTrailer(key, TooLong);
            http.Response.AppendTrailer("grpc-status", "0");
        }));

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await new Echo.EchoClient(host.Channel.Intercept("/odd")).UnaryAsync(new EchoMessage(), cancellationToken: Token));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Equal("x", (await host.Client.UnaryAsync(new EchoMessage { Text = "x" }, cancellationToken: Token)).Text);
    }

    [Fact]
    public async Task Request_metadata_of_other_bytes_never_reach_the_service()
    {
        await using var host = await EchoHost.StartAsync();
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1 };
        using var raw = new HttpClient(handler) { BaseAddress = host.Address };
        using var request = RawCall.Request(Unary, RawCall.Frame(new EchoMessage { Act = "metadata" }));
        request.Headers.TryAddWithoutValidation("echo-text", "caf\u00e9"); // 0xE9 alone is neither ASCII nor UTF-8

        try
        {
            using var response = await raw.SendAsync(request, Token);
            Assert.NotEqual("0", RawCall.Status(response));
        }
        catch (HttpRequestException reset)
        {
            Assert.IsAssignableFrom<HttpProtocolException>(reset.InnerException);
        }

        Assert.Equal(0, host.Probe.DisposedCount);
        Assert.Equal("x", (await host.Client.UnaryAsync(new EchoMessage { Text = "x" }, cancellationToken: Token)).Text);
    }
}
