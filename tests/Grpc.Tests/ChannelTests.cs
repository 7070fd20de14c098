using System.Net;
using System.Net.Sockets;
using EdgeEnforcement.GrpcTests.Protos;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EdgeEnforcement.GrpcTests;

/// <summary>Connections, credentials and what calls hand on to the calls they make.</summary>
public sealed class ChannelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task State_follows_the_connection()
    {
        var host = await EchoHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Address);
        Assert.Equal(ConnectivityState.Idle, channel.State);

        await channel.ConnectAsync(Token);
        Assert.Equal(ConnectivityState.Ready, channel.State);
        Assert.Equal("x", (await new Echo.EchoClient(channel).UnaryAsync(new EchoMessage { Text = "x" }, cancellationToken: Token)).Text);
        Assert.Equal(ConnectivityState.Ready, channel.State);

        var changed = channel.WaitForStateChangedAsync(ConnectivityState.Ready, Token);
        await host.DisposeAsync();
        await changed.WaitAsync(EchoHost.Patience, Token);
        Assert.Equal(ConnectivityState.Idle, channel.State);

        await Assert.ThrowsAsync<RpcException>(async () => await new Echo.EchoClient(channel).UnaryAsync(new EchoMessage(), cancellationToken: Token));
        Assert.Equal(ConnectivityState.TransientFailure, channel.State);
        channel.Dispose();
        Assert.Equal(ConnectivityState.Shutdown, channel.State);
    }

    [Fact]
    public async Task Connection_that_the_server_closed_before_the_first_call_is_not_used()
    {
        var first = await EchoHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(first.Address, new GrpcChannelOptions { InitialReconnectBackoff = TimeSpan.FromMilliseconds(1) });
        await channel.ConnectAsync(Token);
        await first.DisposeAsync();
        await using var second = await ListenAsync(first.Address.Port);

        Assert.Equal("y", (await new Echo.EchoClient(channel).UnaryAsync(
            new EchoMessage { Text = "y" }, new CallOptions(cancellationToken: Token).WithWaitForReady())).Text);
    }

    [Fact]
    public async Task State_of_connections_the_channel_does_not_open_is_not_known()
    {
        await using var host = await EchoHost.StartAsync();
        using var client = new HttpClient();
        using var channel = GrpcChannel.ForAddress(host.Address, new GrpcChannelOptions { HttpClient = client });

        Assert.Throws<InvalidOperationException>(() => channel.State);
    }

    [Fact]
    public async Task Call_that_waits_for_a_server_is_served_when_there_is_one_and_others_fail_at_once()
    {
        var port = FreePort();
        using var channel = GrpcChannel.ForAddress(
            $"http://127.0.0.1:{port}", new GrpcChannelOptions { InitialReconnectBackoff = TimeSpan.FromMilliseconds(1), MaxReconnectBackoff = TimeSpan.FromMilliseconds(20) });
        var client = new Echo.EchoClient(channel);
        var waits = new CallOptions(cancellationToken: Token).WithWaitForReady();

        using var unary = client.UnaryAsync(new EchoMessage { Text = "patient" }, waits);
        using var chat = client.Chat(waits);
        await chat.RequestStream.WriteAsync(new EchoMessage { Text = "stream" });
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await client.UnaryAsync(new EchoMessage(), cancellationToken: Token));
        await using var host = await ListenAsync(port);

        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.Equal("patient", (await unary).Text);
        Assert.True(await chat.ResponseStream.MoveNext(Token));
        Assert.Equal("stream", chat.ResponseStream.Current.Text);
    }

    [Fact]
    public async Task Deadline_ends_the_wait_for_a_server()
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{FreePort()}");

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new Echo.EchoClient(channel).UnaryAsync(
            new EchoMessage(),
            new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(200), cancellationToken: Token).WithWaitForReady()));

        Assert.Equal(StatusCode.DeadlineExceeded, refused.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_credentials_go_with_the_call_only_where_nobody_can_read_them_unless_told(bool allowed)
    {
        await using var host = await EchoHost.StartAsync();
        AuthInterceptorContext? asked = null;
        var ofChannel = CallCredentials.FromInterceptor((context, metadata) =>
        {
            asked = context;
            metadata.Add("echo-channel", "1");
            return Task.CompletedTask;
        });
        var ofCall = CallCredentials.Compose(Adding("echo-call", "2"), Adding("echo-more", "3"));
        var client = new Echo.EchoClient(host.Connect(options =>
        {
            options.Credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, ofChannel);
            options.UnsafeUseInsecureChannelCallCredentials = allowed;
        }));

        using var call = client.UnaryAsync(
            new EchoMessage { Act = "metadata" }, new CallOptions(new Metadata { { "echo-own", "0" } }, cancellationToken: Token, credentials: ofCall));
        var headers = (await call.ResponseHeadersAsync).Where(entry => entry.Key.StartsWith("echo", StringComparison.Ordinal)).Select(entry => entry.Value);

        Assert.Equal(allowed ? ["0", "1", "2", "3"] : ["0"], headers);
        Assert.Equal(allowed ? $"{host.Address.Scheme}://{host.Address.Authority}/grpctests.v1.Echo" : null, asked?.ServiceUrl);
        Assert.Equal(allowed ? "Unary" : null, asked?.MethodName);
    }

    [Fact]
    public async Task Credentials_that_cannot_be_had_end_the_call()
    {
        await using var host = await EchoHost.StartAsync();
        var client = new Echo.EchoClient(host.Connect(options => options.UnsafeUseInsecureChannelCallCredentials = true));
        var credentials = CallCredentials.FromInterceptor((_, _) => throw new InvalidOperationException("no token"));

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.UnaryAsync(new EchoMessage(), new CallOptions(cancellationToken: Token, credentials: credentials)));

        Assert.Equal(StatusCode.Internal, refused.StatusCode);
        Assert.Equal(0, host.Probe.DisposedCount);
    }

    [Fact]
    public async Task Function_over_metadata_is_an_interceptor()
    {
        await using var host = await EchoHost.StartAsync();
        var client = new Echo.EchoClient(host.Channel.Intercept(headers =>
        {
            headers.Add("echo-added", "yes");
            return headers;
        }));

        using var call = client.UnaryAsync(new EchoMessage { Act = "metadata" }, cancellationToken: Token);

        Assert.Equal("yes", (await call.ResponseHeadersAsync).GetValue("echo-added"));
    }

    private static CallCredentials Adding(string key, string value) => CallCredentials.FromInterceptor((_, metadata) =>
    {
        metadata.Add(key, value);
        return Task.CompletedTask;
    });

    private static Task<EchoHost> ListenAsync(int port) => EchoHost.StartAsync(build: builder =>
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2)));

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
