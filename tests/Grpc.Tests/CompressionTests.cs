using System.IO.Compression;
using System.Net;
using EdgeEnforcement.GrpcTests.Protos;
using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EdgeEnforcement.GrpcTests;

/// <summary>Compression as it is on the wire: flags and headers are read by hand.</summary>
public sealed class CompressionTests
{
    private const string Unary = "/grpctests.v1.Echo/Unary";

    private static readonly EchoMessage Compressible = new() { Text = new string('x', 1000) };
    private static readonly Metadata AskGzip = new() { { "grpc-internal-encoding-request", "gzip" } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gzip_request_is_read_and_the_answer_is_plain_unless_the_service_chose_otherwise()
    {
        await using var host = await EchoHost.StartAsync();
        using var response = await SendAsync(host, GzipFrame(Compressible), "gzip", accept: "identity,gzip");

        Assert.Equal("0", RawCall.Status(response));
        Assert.False(response.Headers.Contains("grpc-encoding"));
        Assert.Equal(RawCall.Frame(Compressible), await response.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("identity, gzip", 1)]
    [InlineData("gzip", 1)]
    [InlineData("identity,deflate", 0)]
    [InlineData(null, 0)]
    public async Task Response_is_compressed_for_a_client_that_accepts_it(string? accept, byte flag)
    {
        await using var host = await EchoHost.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        using var response = await SendAsync(host, RawCall.Frame(Compressible), encoding: null, accept);
        var body = await response.Content.ReadAsByteArrayAsync(Token);

        Assert.Equal("0", RawCall.Status(response));
        Assert.Equal(flag, body[0]);
        Assert.Equal(flag == 1, response.Headers.Contains("grpc-encoding"));
        Assert.Equal(Compressible, EchoMessage.Parser.ParseFrom(flag == 1 ? Gunzip(body[5..]) : body[5..]));
    }

    [Fact]
    public async Task Message_that_compression_would_lengthen_travels_as_it_is()
    {
        await using var host = await EchoHost.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        using var response = await SendAsync(host, RawCall.Frame(new EchoMessage { Text = "short" }), null, "gzip");

        Assert.Equal(0, (await response.Content.ReadAsByteArrayAsync(Token))[0]);
    }

    [Theory]
    [InlineData(WriteFlags.NoCompress, 0)]
    [InlineData((WriteFlags)0, 1)]
    public async Task Client_compresses_what_it_is_asked_to_unless_a_write_says_no(WriteFlags flags, byte expected)
    {
        byte[] body = [];
        string? encoding = null;
        await using var host = await OddHostAsync(async http =>
        {
            encoding = http.Request.Headers["grpc-encoding"];
            using var copy = new MemoryStream();
            await http.Request.Body.CopyToAsync(copy, Token);
            body = copy.ToArray();
            http.Response.ContentType = "application/grpc";
            await http.Response.Body.WriteAsync(RawCall.Frame(new EchoMessage()), Token);
            http.Response.AppendTrailer("grpc-status", "0");
        });

        await new Echo.EchoClient(host.Channel.Intercept("/odd")).UnaryAsync(
            Compressible, new CallOptions(AskGzip, cancellationToken: Token, writeOptions: new WriteOptions(flags)));

        Assert.Equal("gzip", encoding);
        Assert.Equal(expected, body[0]);
        Assert.Equal(Compressible, EchoMessage.Parser.ParseFrom(expected == 1 ? Gunzip(body[5..]) : body[5..]));
    }

    [Fact]
    public async Task Key_that_asks_for_an_encoding_never_travels()
    {
        await using var host = await EchoHost.StartAsync();

        using var call = host.Client.UnaryAsync(Compressible, AskGzip, cancellationToken: Token);
        await call;

        Assert.DoesNotContain(await call.ResponseHeadersAsync, entry => entry.Key.StartsWith("grpc-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Encoding_the_channel_does_not_have_ends_the_call_before_it_is_sent()
    {
        await using var host = await EchoHost.StartAsync();
        var client = new Echo.EchoClient(host.Connect(options => options.CompressionProviders = []));

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await client.UnaryAsync(Compressible, AskGzip, cancellationToken: Token));

        Assert.Equal(StatusCode.Internal, refused.StatusCode);
        Assert.Equal(0, host.Probe.DisposedCount);
    }

    [Fact]
    public async Task Provider_of_ones_own_works_both_ways()
    {
        void Configure(GrpcServiceOptions options)
        {
            options.CompressionProviders.Add(new OwnProvider());
            options.ResponseCompressionAlgorithm = "own";
        }

        await using var host = await EchoHost.StartAsync(Configure);
        var client = new Echo.EchoClient(host.Connect(options => options.CompressionProviders = [new OwnProvider()]));

        var answer = await client.UnaryAsync(Compressible, new Metadata { { "grpc-internal-encoding-request", "own" } }, cancellationToken: Token);

        Assert.Equal(Compressible, answer);
    }

    [Fact]
    public async Task Algorithm_without_provider_is_refused_when_the_service_is_mapped() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => EchoHost.StartAsync(options => options.ResponseCompressionAlgorithm = "br"));

    [Theory]
    [InlineData(1000, "0")]
    [InlineData(1001, "8")]
    [InlineData(500_000, "8")] // half a kilobyte on the wire
    public async Task Limit_counts_decompressed_bytes(int bytes, string status)
    {
        await using var host = await EchoHost.StartAsync(options => options.MaxReceiveMessageSize = 1000);
        // Field 1, a text of the rest; the length of a length is counted too.
        var header = new byte[] { 0x0a }.Concat(Varint(bytes - 1 - Varint(bytes).Length)).ToArray();
        var bomb = GzipFrame(stream =>
        {
            stream.Write(header);
            var block = new byte[1 << 16];
            for (var left = bytes - header.Length; left > 0; left -= block.Length)
                stream.Write(block.AsSpan(0, Math.Min(left, block.Length)));
        });
        Assert.InRange(bomb.Length, 0, 1000); // or the prefix alone would be refused
        using var response = await SendAsync(host, bomb, "gzip", null);

        Assert.Equal(status, RawCall.Status(response));
        Assert.Equal(status == "0" ? 1 : 0, host.Probe.DisposedCount);
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Compressed_bytes_cut_anywhere_are_refused()
    {
        await using var host = await EchoHost.StartAsync();
        using var raw = host.Raw();
        var whole = GzipFrame(new EchoMessage { Text = "whole, and not a byte less" })[5..];

        for (var cut = 0; cut < whole.Length; cut++)
        {
            using var request = Request(Frame(whole[..cut]), "gzip", null);
            using var response = await raw.SendAsync(request, Token);
            Assert.Equal((cut, "13"), (cut, RawCall.Status(response)));
        }

        Assert.Equal(0, host.Probe.DisposedCount);
        host.Log.AssertNoErrors();
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("")]
    public async Task Flag_without_encoding_is_internal(string encoding)
    {
        await using var host = await EchoHost.StartAsync();
        using var response = await SendAsync(host, GzipFrame(Compressible), encoding, null);

        Assert.Equal("13", RawCall.Status(response));
    }

    [Fact]
    public async Task Answer_in_an_encoding_the_client_does_not_know_is_internal()
    {
        await using var host = await OddHostAsync(async http =>
        {
            http.Response.ContentType = "application/grpc";
            http.Response.Headers["grpc-encoding"] = "snappy";
            await http.Response.Body.WriteAsync(RawCall.Frame(new EchoMessage(), flag: 1), Token);
            http.Response.AppendTrailer("grpc-status", "0");
        });

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await new Echo.EchoClient(host.Channel.Intercept("/odd")).UnaryAsync(new EchoMessage(), cancellationToken: Token));

        Assert.Equal(StatusCode.Internal, refused.StatusCode);
        Assert.Contains("identity,gzip", refused.Status.Detail);
    }

    private static Task<EchoHost> OddHostAsync(Func<HttpContext, Task> answer) =>
        EchoHost.StartAsync(map: app => app.MapPost("/odd" + Unary, answer));

    private static Task<HttpResponseMessage> SendAsync(EchoHost host, byte[] body, string? encoding, string? accept) =>
        host.Raw().SendAsync(Request(body, encoding, accept), Token);

    private static HttpRequestMessage Request(byte[] body, string? encoding, string? accept)
    {
        var request = RawCall.Request(Unary, body);
        if (encoding is not null)
            request.Headers.TryAddWithoutValidation("grpc-encoding", encoding);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("grpc-accept-encoding", accept);
        return request;
    }

    private static byte[] GzipFrame(IMessage message) => GzipFrame(stream => message.WriteTo(stream));

    private static byte[] GzipFrame(Action<Stream> write)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.SmallestSize, leaveOpen: true))
            write(gzip);
        return Frame(bytes.ToArray());
    }

    private static byte[] Frame(byte[] compressed) =>
        [1, (byte)(compressed.Length >> 24), (byte)(compressed.Length >> 16), (byte)(compressed.Length >> 8), (byte)compressed.Length, .. compressed];

    private static byte[] Gunzip(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (var rest = (uint)value; ; rest >>= 7)
        {
            bytes.Add((byte)(rest < 0x80 ? rest : rest | 0x80));
            if (rest < 0x80)
                return [.. bytes];
        }
    }

    /// <summary>The zlib format under a name nobody else has: neither identity nor gzip.</summary>
    private sealed class OwnProvider : ICompressionProvider
    {
        public string EncodingName => "own";

        public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
            new ZLibStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);

        public Stream CreateDecompressionStream(Stream stream) => new ZLibStream(stream, CompressionMode.Decompress);
    }
}
