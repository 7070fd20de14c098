using EdgeEnforcement.Contracts.V1;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeEnforcement.GrpcTests.Interop;

/// <summary>Reflection and health as a foreign client sees them; each check is a function of <c>python/standard_client.py</c>.</summary>
public sealed class StandardServicesPythonTests(PythonPeer peer) : IClassFixture<PythonPeer>
{
    [Theory]
    [InlineData("services")]
    [InlineData("call_by_reflection")]
    [InlineData("imports_come_along")]
    [InlineData("unknown_symbol")]
    [InlineData("health")]
    public async Task Check_holds(string check)
    {
        var health = new HealthServiceImpl();
        health.SetStatus("", HealthCheckResponse.Types.ServingStatus.Serving);
        await using var host = await EchoHost.StartAsync(
            build: builder => builder.Services.AddGrpcReflection().AddSingleton(health),
            map: app =>
            {
                app.MapGrpcService<Reports>();
                app.MapGrpcService<HealthServiceImpl>();
                app.MapGrpcReflectionService();
            });

        await peer.RunClientAsync(host.Address, check, "standard_client.py");

        host.Log.AssertNoErrors();
    }

    /// <summary>A service of the product's contract, which spans several files.</summary>
    private sealed class Reports : Report.ReportBase;
}
