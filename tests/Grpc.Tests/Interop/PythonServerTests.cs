using System.Diagnostics;
using System.Globalization;
using EdgeEnforcement.GrpcTests.Protos;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace EdgeEnforcement.GrpcTests.Interop;

/// <summary>Our client against a foreign server.</summary>
public sealed class PythonServerTests(PythonPeer peer) : IClassFixture<PythonPeer>, IAsyncLifetime
{
    private Process _server = null!; // set before every test
    private GrpcChannel _channel = null!; // set before every test
    private Echo.EchoClient _client = null!; // set before every test
    private string _address = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = peer.StartServer();
        _address = "http://127.0.0.1:" + await LineAsync();
        _channel = GrpcChannel.ForAddress(_address);
        _client = new Echo.EchoClient(_channel);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        _server.StandardInput.Close();
        await _server.WaitForExitAsync(CancellationToken.None).WaitAsync(EchoHost.Patience, CancellationToken.None);
        _server.Dispose();
    }

    [Fact]
    public async Task Four_kinds()
    {
        Assert.Equal("执法", (await _client.UnaryAsync(new EchoMessage { Text = "执法" }, cancellationToken: Token)).Text);

        using var collect = _client.Collect(cancellationToken: Token);
        for (var i = 0; i < 50; i++)
            await collect.RequestStream.WriteAsync(new EchoMessage { Text = $"{i}" });
        await collect.RequestStream.CompleteAsync();
        Assert.Equal(string.Join(',', Enumerable.Range(0, 50)), (await collect).Text);

        using var expand = _client.Expand(new EchoMessage { Repeat = 50 }, cancellationToken: Token);
        Assert.Equal(50, await expand.ResponseStream.ReadAllAsync(Token).CountAsync(Token));

        using var chat = _client.Chat(cancellationToken: Token);
        for (var i = 0; i < 50; i++)
        {
            await chat.RequestStream.WriteAsync(new EchoMessage { Text = $"{i}" });
            Assert.True(await chat.ResponseStream.MoveNext(Token));
            Assert.Equal($"{i}", chat.ResponseStream.Current.Text);
        }

        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext(Token));
        Assert.Equal(StatusCode.OK, chat.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Metadata_goes_there_and_back()
    {
        byte[] bytes = [0, 1, 127, 128, 255];
        var sent = new Metadata { { "echo-text", "two words, a comma" }, { "echo-raw-bin", bytes } };

        using var call = _client.UnaryAsync(new EchoMessage { Act = "metadata" }, sent, cancellationToken: Token);
        var headers = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal("two words, a comma", headers.GetValue("echo-text"));
        Assert.Equal(bytes, headers.GetValueBytes("echo-raw-bin"));
        Assert.Equal("two words, a comma", call.GetTrailers().GetValue("trailer-echo-text"));
        Assert.Equal(bytes, call.GetTrailers().GetValueBytes("trailer-echo-raw-bin"));
    }

    [Fact]
    public async Task Every_status_arrives_with_its_words_and_trailers()
    {
        foreach (var code in Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK))
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await _client.UnaryAsync(
                new EchoMessage { Act = "fail", Code = (int)code, Text = "证据 100% 不符" }, cancellationToken: Token));
            Assert.Equal(new Status(code, "证据 100% 不符"), refused.Status);
            Assert.Equal([0, 255, 128], refused.Trailers.GetValueBytes("why-bin"));
        }
    }

    [Fact]
    public async Task Deadline_travels_and_ends_the_call_on_both_sides()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var answer = await _client.UnaryAsync(new EchoMessage { Act = "deadline" }, deadline: now.AddSeconds(100), cancellationToken: Token);
        Assert.InRange(double.Parse(answer.Text, CultureInfo.InvariantCulture), 50, 101);

        // A deadline may pass before the call reaches the server: the next one is twice as long, until the server has seen one.
        var hanging = _server.StandardOutput.ReadLineAsync(Token).AsTask();
        for (var milliseconds = 500; !hanging.IsCompleted; milliseconds *= 2)
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await _client.UnaryAsync(
                new EchoMessage { Act = "hang" },
                deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(milliseconds),
                cancellationToken: Token));
            Assert.Equal(StatusCode.DeadlineExceeded, refused.StatusCode);
        }

        Assert.Equal("hanging", await hanging);
        while (await LineAsync() is var line && line != "cancelled")
            Assert.Equal("hanging", line); // of a later call
    }

    [Fact]
    public async Task Cancellation_reaches_the_server()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var call = _client.Chat(cancellationToken: source.Token);
        await call.RequestStream.WriteAsync(new EchoMessage { Act = "hang" });
        Assert.Equal("hanging", await LineAsync());
        await source.CancelAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Token));
        Assert.Equal(StatusCode.Cancelled, refused.StatusCode);
        Assert.Equal("cancelled", await LineAsync());
    }

    [Fact]
    public async Task Big_message_goes_both_ways_and_one_over_a_limit_is_refused()
    {
        var payload = new byte[3_900_000];
        new Random(3).NextBytes(payload);
        var answer = await _client.UnaryAsync(new EchoMessage { Payload = ByteString.CopyFrom(payload) }, cancellationToken: Token);
        Assert.True(answer.Payload.Span.SequenceEqual(payload));

        // The server's limit, then ours.
        var theirs = await Assert.ThrowsAsync<RpcException>(async () =>
            await _client.UnaryAsync(new EchoMessage { Payload = ByteString.CopyFrom(new byte[5 << 20]) }, cancellationToken: Token));
        Assert.Equal(StatusCode.ResourceExhausted, theirs.StatusCode);
        using var small = GrpcChannel.ForAddress(_address, new GrpcChannelOptions { MaxReceiveMessageSize = 1000 });
        var ours = await Assert.ThrowsAsync<RpcException>(async () => await new Echo.EchoClient(small).UnaryAsync(
            new EchoMessage { Payload = ByteString.CopyFrom(new byte[1001]) }, cancellationToken: Token));
        Assert.Equal(StatusCode.ResourceExhausted, ours.StatusCode);
    }

    private async Task<string> LineAsync()
    {
        var line = await _server.StandardOutput.ReadLineAsync(Token).AsTask().WaitAsync(EchoHost.Patience, Token);
        return line ?? throw new InvalidOperationException("The Python server ended: " + await _server.StandardError.ReadToEndAsync(Token));
    }
}
