using EdgeEnforcement.GrpcTests.Protos;
using Google.Protobuf;
using Grpc.Core;

namespace EdgeEnforcement.GrpcTests;

public sealed class FlowControlTests
{
    private static readonly ByteString Block = ByteString.CopyFrom(new byte[64 * 1024]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_that_stops_reading_stops_the_server_and_a_slow_reader_gets_everything()
    {
        await using var host = await EchoHost.StartAsync();
        const int count = 2000; // 125 MiB: no window and no buffer holds that

        using var call = host.Client.Expand(new EchoMessage { Repeat = count, Payload = Block }, cancellationToken: Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        var stalledAt = await UntilStalledAsync(host.Probe);
        var read = 1;
        while (await call.ResponseStream.MoveNext(Token))
            read++;

        Assert.InRange(stalledAt, 1, count - 1);
        Assert.Equal(count, read);
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Client_that_leaves_while_the_server_waits_to_write_ends_the_service()
    {
        await using var host = await EchoHost.StartAsync();

        var call = host.Client.Expand(new EchoMessage { Repeat = 2000, Payload = Block }, cancellationToken: Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        await UntilStalledAsync(host.Probe);
        call.Dispose();

        await UntilAsync(() => host.Probe.DisposedCount == 1);
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Deadline_ends_a_server_that_waits_to_write()
    {
        await using var host = await EchoHost.StartAsync();
        using var raw = host.Raw();
        using var request = RawCall.Request(
            "/grpctests.v1.Echo/Expand", RawCall.Frame(new EchoMessage { Repeat = 2000, Payload = Block }));
        request.Headers.Add("grpc-timeout", "500m"); // only the server has a deadline; this client never reads

        using var response = await raw.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);

        await UntilAsync(() => host.Probe.DisposedCount == 1);
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Server_that_stops_reading_stops_the_client()
    {
        await using var host = await EchoHost.StartAsync();

        using var call = host.Client.Chat(cancellationToken: Token);
        await call.RequestStream.WriteAsync(new EchoMessage { Act = "stubborn" }, Token);
        var written = 0;
        var stalled = call.RequestStream.WriteAsync(new EchoMessage { Payload = Block });
        while (await Task.WhenAny(stalled, Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Token)) == stalled)
        {
            await stalled;
            Assert.True(++written < 2000, "The client's writes never waited.");
            stalled = call.RequestStream.WriteAsync(new EchoMessage { Payload = Block });
        }

        Assert.True(written > 0);
        call.Dispose();
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => stalled)).StatusCode);
        host.Probe.Release.SetResult();
    }

    [Fact]
    public async Task Overlapping_writes_are_refused()
    {
        await using var host = await EchoHost.StartAsync();
        var huge = new EchoMessage { Payload = ByteString.CopyFrom(new byte[3_900_000]) };

        using var call = host.Client.Collect(cancellationToken: Token);
        var first = call.RequestStream.WriteAsync(huge);
        if (!first.IsCompleted)
            await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(huge));
        await first;
        await call.RequestStream.CompleteAsync();
        await call;
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(huge));
    }

    [Fact]
    public async Task Hinted_writes_wait_for_the_next_and_the_end_flushes_them()
    {
        await using var host = await EchoHost.StartAsync();

        using var call = host.Client.Chat(cancellationToken: Token);
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
        await call.RequestStream.WriteAsync(new EchoMessage { Text = "1" });
        await call.RequestStream.WriteAsync(new EchoMessage { Text = "2" });
        var read = call.ResponseStream.MoveNext(Token);
        Assert.False(read.IsCompleted);
        call.RequestStream.WriteOptions = null;
        await call.RequestStream.WriteAsync(new EchoMessage { Text = "3" });
        Assert.True(await read);
        Assert.Equal("1", call.ResponseStream.Current.Text);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        Assert.True(await call.ResponseStream.MoveNext(Token));
        Assert.Equal("3", call.ResponseStream.Current.Text);

        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
        await call.RequestStream.WriteAsync(new EchoMessage { Text = "4" });
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(Token));
        Assert.Equal("4", call.ResponseStream.Current.Text);
        Assert.False(await call.ResponseStream.MoveNext(Token));
    }

    [Fact]
    public async Task Hinting_server_still_sends_everything_and_fills_no_memory()
    {
        await using var host = await EchoHost.StartAsync();

        using var call = host.Client.Expand(new EchoMessage { Act = "hint", Repeat = 2000, Payload = Block }, cancellationToken: Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        Assert.InRange(await UntilStalledAsync(host.Probe), 1, 1999);
        var read = 1;
        while (await call.ResponseStream.MoveNext(Token))
            read++;
        Assert.Equal(2000, read);
    }

    /// <summary>Until the count of written messages stays the same.</summary>
    private static async Task<int> UntilStalledAsync(EchoProbe probe)
    {
        var last = -1;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(400), TimeProvider.System);
        while (last != probe.WrittenCount || last <= 0)
        {
            last = probe.WrittenCount;
            await timer.WaitForNextTickAsync(Token);
        }

        return last;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(EchoHost.Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        while (!condition())
            await timer.WaitForNextTickAsync(patience.Token);
    }
}
