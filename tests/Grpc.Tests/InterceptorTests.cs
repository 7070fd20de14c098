using EdgeEnforcement.GrpcTests.Protos;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EdgeEnforcement.GrpcTests;

public sealed class InterceptorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_interceptors_stand_around_all_four_kinds_first_outermost()
    {
        await using var host = await EchoHost.StartAsync(options =>
        {
            options.Interceptors.Add<MarkingInterceptor>("outer");
            options.Interceptors.Add<MarkingInterceptor>("inner");
        });

        var unary = await host.Client.UnaryAsync(new EchoMessage { Act = "context" }, cancellationToken: Token);
        using var collect = host.Client.Collect(cancellationToken: Token);
        await collect.RequestStream.WriteAsync(new EchoMessage { Act = "context" }, Token);
        using var expand = host.Client.Expand(new EchoMessage { Act = "context" }, cancellationToken: Token);
        Assert.True(await expand.ResponseStream.MoveNext(Token));
        using var chat = host.Client.Chat(cancellationToken: Token);
        await chat.RequestStream.WriteAsync(new EchoMessage { Act = "context" }, Token);
        Assert.True(await chat.ResponseStream.MoveNext(Token));

        Assert.All(
            [unary, await collect, expand.ResponseStream.Current, chat.ResponseStream.Current],
            answer => Assert.Equal("outer inner ", answer.Text.Split('|')[6]));
    }

    [Fact]
    public async Task Server_interceptor_can_refuse_before_the_service_is_made()
    {
        await using var host = await EchoHost.StartAsync(options => options.Interceptors.Add<RefusingInterceptor>());

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(new EchoMessage(), cancellationToken: Token));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        Assert.Equal(0, host.Probe.DisposedCount);
    }

    [Fact]
    public async Task Client_interceptors_run_in_the_order_given_and_can_change_the_call()
    {
        await using var host = await EchoHost.StartAsync();
        var client = new Echo.EchoClient(host.Channel.Intercept(new HeaderInterceptor("echo-a"), new HeaderInterceptor("echo-b")));

        using var call = client.UnaryAsync(new EchoMessage { Act = "metadata" }, cancellationToken: Token);
        var headers = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal("0", headers.GetValue("echo-a"));
        Assert.Equal("1", headers.GetValue("echo-b"));
    }

    [Fact]
    public async Task Host_of_a_call_can_be_another()
    {
        await using var host = await EchoHost.StartAsync();

        var answer = await host.Client.WithHost("gateway.example").UnaryAsync(new EchoMessage { Act = "context" }, cancellationToken: Token);

        Assert.Equal("gateway.example", answer.Text.Split('|')[1]);
    }

    private sealed class MarkingInterceptor(string name) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            Mark(context);
            return continuation(request, context);
        }

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            ServerCallContext context,
            ClientStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Mark(context);
            return continuation(requestStream, context);
        }

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Mark(context);
            return continuation(request, responseStream, context);
        }

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Mark(context);
            return continuation(requestStream, responseStream, context);
        }

        private void Mark(ServerCallContext context) =>
            context.UserState["mark"] = (context.UserState.TryGetValue("mark", out var before) ? before : "") + name + " ";
    }

    private sealed class RefusingInterceptor : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            throw new RpcException(new Status(StatusCode.Unauthenticated, "who are you"));
    }

    private sealed class HeaderInterceptor(string key) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            var headers = new Metadata();
            foreach (var entry in context.Options.Headers ?? [])
                headers.Add(entry);
            headers.Add(key, $"{headers.Count}");
            return continuation(
                request, new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, context.Options.WithHeaders(headers)));
        }
    }
}
