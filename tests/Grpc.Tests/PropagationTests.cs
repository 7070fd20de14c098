using System.Globalization;
using EdgeEnforcement.GrpcTests.Protos;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EdgeEnforcement.GrpcTests;

/// <summary>A served call hands deadline and cancellation on to the calls it makes.</summary>
public sealed class PropagationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deadline_of_the_outer_call_holds_for_the_inner()
    {
        await using var inner = await EchoHost.StartAsync();
        await using var outer = await RelayAsync(inner);
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5);

        var answer = await outer.Client.UnaryAsync(new EchoMessage { Act = "relay context" }, deadline: deadline, cancellationToken: Token);

        var seen = DateTime.Parse(answer.Text.Split('|')[3], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        Assert.InRange(seen, deadline - TimeSpan.FromSeconds(1), deadline + TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Cancelled_outer_call_cancels_the_inner()
    {
        await using var inner = await EchoHost.StartAsync();
        await using var outer = await RelayAsync(inner);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);

        using var call = outer.Client.UnaryAsync(new EchoMessage { Act = "relay hang" }, cancellationToken: source.Token);
        await inner.Probe.UntilHangingAsync();
        await source.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
        Assert.True(await inner.Probe.UntilSeenAsync());
    }

    private static Task<EchoHost> RelayAsync(EchoHost inner) => EchoHost.StartAsync(options => options.Interceptors.Add<Relay>(inner.Client));

    /// <summary>What service code does that asks another service.</summary>
    private sealed class Relay(Echo.EchoClient inner) : Interceptor
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            var asked = (EchoMessage)(object)request;
            var options = new CallOptions(propagationToken: context.CreatePropagationToken());
            return (TResponse)(object)await inner.UnaryAsync(new EchoMessage { Act = asked.Act["relay ".Length..] }, options);
        }
    }
}
