using EdgeEnforcement.GrpcTests.Protos;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeEnforcement.GrpcTests;

/// <summary>What our client makes of servers that are no gRPC servers, or bad ones.</summary>
public sealed class OddServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    [InlineData(502, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(504, StatusCode.Unavailable)]
    public Task Http_status_becomes_a_status(int http, StatusCode expected) =>
        AssertStatusAsync(expected, response =>
        {
            response.StatusCode = http;
            return Task.CompletedTask;
        });

    [Fact]
    public Task Answer_that_is_no_grpc_is_unknown() =>
        AssertStatusAsync(StatusCode.Unknown, response =>
        {
            response.ContentType = "text/html";
            return response.WriteAsync("<p>hello", Token);
        });

    [Fact]
    public Task Answer_without_status_is_unknown() => AssertStatusAsync(StatusCode.Unknown, response => FramesAsync(response, [], null));

    [Fact]
    public Task Status_that_is_no_number_is_unknown() => AssertStatusAsync(StatusCode.Unknown, response => FramesAsync(response, [], "fine"));

    [Fact]
    public Task Status_nobody_knows_is_unknown() => AssertStatusAsync(StatusCode.Unknown, response => FramesAsync(response, [], "77"));

    [Fact]
    public Task Ok_without_message_is_internal() => AssertStatusAsync(StatusCode.Internal, response => FramesAsync(response, [], "0"));

    [Fact]
    public Task Second_message_of_a_unary_call_is_internal() =>
        AssertStatusAsync(StatusCode.Internal, response => FramesAsync(response, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "0"));

    [Fact]
    public async Task Answer_cut_at_every_byte_is_internal()
    {
        var frame = RawCall.Frame(new EchoMessage { Text = "whole" });
        for (var cut = 0; cut < frame.Length; cut++)
        {
            var part = frame[..cut];
            await AssertStatusAsync(StatusCode.Internal, response => FramesAsync(response, part, "0"));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Binary_metadata_that_is_no_base64_is_internal(bool inTrailers) =>
        AssertStatusAsync(StatusCode.Internal, response =>
        {
            if (!inTrailers)
                response.Headers["bad-bin"] = "!!!";
            else
                response.AppendTrailer("bad-bin", "!!!");
            return FramesAsync(response, RawCall.Frame(new EchoMessage()), "0");
        });

    [Fact]
    public Task Compressed_frame_is_internal() =>
        AssertStatusAsync(StatusCode.Internal, response => FramesAsync(response, [1, 0, 0, 0, 0], "0"));

    [Fact]
    public Task Prefix_over_the_limit_is_resource_exhausted() =>
        AssertStatusAsync(StatusCode.ResourceExhausted, response => FramesAsync(response, [0, 255, 255, 255, 255], "0"));

    [Fact]
    public Task Payload_that_is_no_message_is_internal() =>
        AssertStatusAsync(StatusCode.Internal, response => FramesAsync(response, [0, 0, 0, 0, 1, 255], "0"));

    [Theory]
    [InlineData(0x7, StatusCode.Unavailable)]
    [InlineData(0x8, StatusCode.Cancelled)]
    [InlineData(0xb, StatusCode.ResourceExhausted)]
    [InlineData(0xc, StatusCode.PermissionDenied)]
    [InlineData(0x2, StatusCode.Internal)]
    public Task Reset_becomes_a_status(int code, StatusCode expected) =>
        AssertStatusAsync(expected, async response =>
        {
            response.ContentType = "application/grpc";
            await response.Body.FlushAsync(Token);
            response.HttpContext.Features.GetRequiredFeature<IHttpResetFeature>().Reset(code);
        });

    private static async Task FramesAsync(HttpResponse response, byte[] bytes, string? status)
    {
        response.ContentType = "application/grpc";
        await response.Body.WriteAsync(bytes, Token);
        await response.Body.FlushAsync(Token);
        if (status is not null)
            response.AppendTrailer("grpc-status", status);
    }

    private static async Task AssertStatusAsync(StatusCode expected, Func<HttpResponse, Task> answer)
    {
        await using var host = await EchoHost.StartAsync(map: app => app.MapPost(
            "/odd/grpctests.v1.Echo/Unary", (HttpContext http) => answer(http.Response)));
        var client = new Echo.EchoClient(host.Channel.Intercept("/odd"));

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await client.UnaryAsync(new EchoMessage(), cancellationToken: Token));

        Assert.Equal(expected, refused.StatusCode);
    }
}
