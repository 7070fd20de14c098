using EdgeEnforcement.GrpcTests.Protos;
using Google.Protobuf;
using Grpc.Core;

namespace EdgeEnforcement.GrpcTests;

public sealed class FourKindsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unary_call_is_answered_and_ends_with_ok()
    {
        await using var host = await EchoHost.StartAsync();

        using var call = host.Client.UnaryAsync(new EchoMessage { Text = "执法" }, cancellationToken: Token);
        var answer = await call;

        Assert.Equal("执法", answer.Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Empty(call.GetTrailers());
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Blocking_unary_call_is_answered()
    {
        await using var host = await EchoHost.StartAsync();

        Assert.Equal("x", await Task.Run(() => host.Client.Unary(new EchoMessage { Text = "x" }, cancellationToken: Token).Text, Token));
    }

    [Fact]
    public async Task Empty_message_is_a_frame_without_payload()
    {
        await using var host = await EchoHost.StartAsync();

        Assert.Equal(new EchoMessage(), await host.Client.UnaryAsync(new EchoMessage(), cancellationToken: Token));
    }

    [Fact]
    public async Task Client_streaming_call_collects_all_messages_in_order()
    {
        await using var host = await EchoHost.StartAsync();

        using var call = host.Client.Collect(cancellationToken: Token);
        foreach (var text in new[] { "a", "b", "c" })
            await call.RequestStream.WriteAsync(new EchoMessage { Text = text }, Token);
        await call.RequestStream.CompleteAsync();

        Assert.Equal("a,b,c", (await call).Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Client_stream_without_messages_is_answered()
    {
        await using var host = await EchoHost.StartAsync();

        using var call = host.Client.Collect(cancellationToken: Token);
        await call.RequestStream.CompleteAsync();

        Assert.Equal("", (await call).Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Server_streaming_call_gives_every_message(int count)
    {
        await using var host = await EchoHost.StartAsync();

        using var call = host.Client.Expand(new EchoMessage { Repeat = count }, cancellationToken: Token);
        var texts = new List<string>();
        await foreach (var message in call.ResponseStream.ReadAllAsync(Token))
            texts.Add(message.Text);

        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}"), texts);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.False(await call.ResponseStream.MoveNext(Token));
    }

    [Fact]
    public async Task Duplex_call_answers_each_message_before_the_next_is_sent()
    {
        await using var host = await EchoHost.StartAsync();

        using var call = host.Client.Chat(cancellationToken: Token);
        for (var i = 0; i < 100; i++)
        {
            await call.RequestStream.WriteAsync(new EchoMessage { Text = $"{i}" }, Token);
            Assert.True(await call.ResponseStream.MoveNext(Token));
            Assert.Equal($"{i}", call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(Token));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Message_larger_than_every_window_goes_both_ways()
    {
        await using var host = await EchoHost.StartAsync(options => options.MaxReceiveMessageSize = 16 << 20);
        var channel = host.Connect(options => options.MaxReceiveMessageSize = 16 << 20);
        var payload = new byte[10_000_000];
        new Random(7).NextBytes(payload);

        var answer = await new Echo.EchoClient(channel).UnaryAsync(
            new EchoMessage { Payload = UnsafeByteOperations.UnsafeWrap(payload) }, cancellationToken: Token);

        Assert.True(answer.Payload.Span.SequenceEqual(payload));
    }

    [Fact]
    public async Task Two_hundred_streams_at_once_keep_their_messages_apart()
    {
        await using var host = await EchoHost.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async stream =>
        {
            using var call = host.Client.Chat(cancellationToken: Token);
            for (var i = 0; i < 20; i++)
            {
                await call.RequestStream.WriteAsync(new EchoMessage { Text = $"{stream}/{i}" }, Token);
                Assert.True(await call.ResponseStream.MoveNext(Token));
                Assert.Equal($"{stream}/{i}", call.ResponseStream.Current.Text);
            }

            await call.RequestStream.CompleteAsync();
            Assert.False(await call.ResponseStream.MoveNext(Token));
        }));
        host.Log.AssertNoErrors();
    }
}
