using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace EdgeEnforcement.GrpcTests;

public sealed class HealthTests
{
    private readonly HealthServiceImpl _health = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_is_what_was_set_last()
    {
        await using var host = await StartAsync();
        var client = new Health.HealthClient(host.Channel);

        _health.SetStatus("a", ServingStatus.Serving);
        _health.SetStatus("b", ServingStatus.Serving);
        _health.SetStatus("b", ServingStatus.NotServing);

        Assert.Equal(ServingStatus.Serving, (await client.CheckAsync(new HealthCheckRequest { Service = "a" }, cancellationToken: Token)).Status);
        Assert.Equal(ServingStatus.NotServing, (await client.CheckAsync(new HealthCheckRequest { Service = "b" }, cancellationToken: Token)).Status);
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await client.CheckAsync(new HealthCheckRequest(), cancellationToken: Token));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Watcher_hears_of_each_change_and_of_no_repetition()
    {
        await using var host = await StartAsync();
        using var watch = new Health.HealthClient(host.Channel).Watch(new HealthCheckRequest { Service = "a" }, cancellationToken: Token);

        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(watch));
        _health.SetStatus("a", ServingStatus.Serving);
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
        _health.SetStatus("b", ServingStatus.NotServing);
        _health.SetStatus("a", ServingStatus.Serving);
        _health.SetStatus("a", ServingStatus.NotServing);
        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        _health.ClearStatus("a");
        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(watch));
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Watch_ends_well_when_the_host_stops()
    {
        var host = await StartAsync();
        using var watch = new Health.HealthClient(host.Channel).Watch(new HealthCheckRequest(), cancellationToken: Token);
        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(watch));

        var ended = watch.ResponseStream.MoveNext(Token);
        await host.StopAsync();

        Assert.False(await ended);
        Assert.Equal(StatusCode.OK, watch.GetStatus().StatusCode);
        await host.DisposeAsync();
    }

    private Task<EchoHost> StartAsync() => EchoHost.StartAsync(
        build: builder => builder.Services.AddSingleton(_health),
        map: app => app.MapGrpcService<HealthServiceImpl>());

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(Token).WaitAsync(EchoHost.Patience, Token));
        return watch.ResponseStream.Current.Status;
    }
}
