using System.Net;
using EdgeEnforcement.GrpcTests.Protos;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EdgeEnforcement.GrpcTests;

/// <summary>What a client that breaks the rules gets.</summary>
public sealed class RawRequestTests
{
    private const string Unary = "/grpctests.v1.Echo/Unary";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc; charset=utf-8")]
    [InlineData("Application/GRPC")]
    public async Task Content_type_of_grpc_is_served(string contentType)
    {
        await using var host = await EchoHost.StartAsync();
        using var response = await host.Raw().SendAsync(RawCall.Request(Unary, RawCall.Frame(new EchoMessage()), contentType), Token);

        Assert.Equal("0", RawCall.Status(response));
        Assert.Equal("application/grpc", response.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpcx")]
    public async Task Other_content_type_is_415(string contentType)
    {
        await using var host = await EchoHost.StartAsync();
        using var response = await host.Raw().SendAsync(RawCall.Request(Unary, RawCall.Frame(new EchoMessage()), contentType), Token);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Other_verb_is_405()
    {
        await using var host = await EchoHost.StartAsync();
        using var response = await host.Raw().GetAsync(new Uri(Unary, UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Http_1_is_told_to_upgrade()
    {
        await using var host = await EchoHost.StartAsync(protocols: HttpProtocols.Http1);
        var request = RawCall.Request(Unary, RawCall.Frame(new EchoMessage()));
        request.Version = HttpVersion.Version11;
        using var response = await host.Raw(HttpVersion.Version11).SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Equal("13", RawCall.Status(response));
    }

    [Theory]
    [InlineData("/grpctests.v1.Echo/Nothing")]
    [InlineData("/nobody.v1.Nothing/Unary")]
    public async Task Unknown_method_or_service_is_unimplemented_in_a_trailers_only_answer(string path)
    {
        await using var host = await EchoHost.StartAsync();
        using var response = await host.Raw().SendAsync(RawCall.Request(path, RawCall.Frame(new EchoMessage())), Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("12", response.Headers.GetValues("grpc-status").Single());
        Assert.Empty(response.TrailingHeaders);
    }

    [Fact]
    public async Task Refusal_before_the_first_message_is_a_trailers_only_answer()
    {
        await using var host = await EchoHost.StartAsync();
        var body = RawCall.Frame(new EchoMessage { Act = "fail", Code = 5, Text = "没有 %" });
        using var response = await host.Raw().SendAsync(RawCall.Request(Unary, body), Token);

        Assert.Equal("5", response.Headers.GetValues("grpc-status").Single());
        Assert.Equal("%E6%B2%A1%E6%9C%89 %25", response.Headers.GetValues("grpc-message").Single());
        Assert.Equal("AP+A", response.Headers.GetValues("why-bin").Single());
    }

    [Fact]
    public async Task Frame_cut_at_every_byte_is_refused_and_never_reaches_the_service()
    {
        await using var host = await EchoHost.StartAsync();
        using var raw = host.Raw();
        var frame = RawCall.Frame(new EchoMessage { Text = "whole" });

        for (var cut = 0; cut < frame.Length; cut++)
        {
            using var response = await raw.SendAsync(RawCall.Request(Unary, frame[..cut]), Token);
            Assert.Equal((cut, "13"), (cut, RawCall.Status(response)));
        }

        Assert.Equal(0, host.Probe.DisposedCount);
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Frame_split_at_every_byte_is_read()
    {
        await using var host = await EchoHost.StartAsync();
        using var raw = host.Raw();
        var frame = RawCall.Frame(new EchoMessage { Text = "whole" });

        for (var split = 1; split < frame.Length; split++)
        {
            using var response = await raw.SendAsync(RawCall.Request(Unary, new SplitContent(frame, split)), Token);
            Assert.Equal((split, "0"), (split, RawCall.Status(response)));
            Assert.Equal(frame, await response.Content.ReadAsByteArrayAsync(Token));
        }
    }

    [Theory]
    [InlineData(0, 3, "13")] // shorter than the payload: the rest is a frame of nonsense
    [InlineData(0, 100, "13")] // longer than what follows
    [InlineData(0, 4194305, "8")]
    [InlineData(0, -1, "8")] // 4,294,967,295
    [InlineData(1, null, "13")] // compressed, with no encoding announced
    [InlineData(2, null, "13")]
    [InlineData(255, null, "13")]
    public async Task Prefix_that_lies_is_refused(int flag, int? length, string status)
    {
        await using var host = await EchoHost.StartAsync();
        using var response = await host.Raw().SendAsync(
            RawCall.Request(Unary, RawCall.Frame(new EchoMessage { Text = "some text" }, (byte)flag, length)), Token);

        Assert.Equal(status, RawCall.Status(response));
        Assert.Equal(0, host.Probe.DisposedCount);
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Limit_is_judged_by_the_prefix_before_the_body_comes()
    {
        await using var host = await EchoHost.StartAsync();
        var content = new SplitContent([.. RawCall.Frame(new EchoMessage(), length: 5 << 20), 0], 5, holdSecondPart: true);

        using var response = await host.Raw().SendAsync(
            RawCall.Request(Unary, content), HttpCompletionOption.ResponseHeadersRead, Token);

        Assert.Equal("8", response.Headers.GetValues("grpc-status").Single());
        content.Release();
    }

    [Fact]
    public async Task Payload_that_is_no_message_is_refused()
    {
        await using var host = await EchoHost.StartAsync();
        using var response = await host.Raw().SendAsync(RawCall.Request(Unary, [0, 0, 0, 0, 2, 0xff, 0xff]), Token);

        Assert.Equal("13", RawCall.Status(response));
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Second_message_of_a_unary_call_is_refused()
    {
        await using var host = await EchoHost.StartAsync();
        var frame = RawCall.Frame(new EchoMessage());
        using var response = await host.Raw().SendAsync(RawCall.Request(Unary, [.. frame, .. frame]), Token);

        Assert.Equal("13", RawCall.Status(response));
    }

    [Fact]
    public async Task Unknown_encoding_is_refused_with_what_is_accepted()
    {
        await using var host = await EchoHost.StartAsync();
        var request = RawCall.Request(Unary, RawCall.Frame(new EchoMessage(), flag: 1));
        request.Headers.Add("grpc-encoding", "deflate");
        using var response = await host.Raw().SendAsync(request, Token);

        Assert.Equal("12", RawCall.Status(response));
        Assert.Equal("identity,gzip", response.Headers.GetValues("grpc-accept-encoding").Single());
    }

    [Theory]
    [InlineData("AAE=", "0")]
    [InlineData("AAE", "0")]
    [InlineData("AAE,/w", "0")]
    [InlineData("A", "13")]
    [InlineData("!!!!", "13")]
    public async Task Binary_metadata_is_base64_padded_or_not_or_joined(string value, string status)
    {
        await using var host = await EchoHost.StartAsync();
        var request = RawCall.Request(Unary, RawCall.Frame(new EchoMessage { Act = "metadata" }));
        request.Headers.TryAddWithoutValidation("echo-bin", value);
        using var response = await host.Raw().SendAsync(request, Token);

        Assert.Equal(status, RawCall.Status(response));
        host.Log.AssertNoErrors();
    }

    /// <summary>A body in two writes, with a flush between; the second can be held back.</summary>
    private sealed class SplitContent(byte[] bytes, int split, bool holdSecondPart = false) : HttpContent
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _held.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, split));
            await stream.FlushAsync();
            if (holdSecondPart)
                await _held.Task;
            await stream.WriteAsync(bytes.AsMemory(split));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
