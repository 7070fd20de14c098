using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace EdgeEnforcement.GrpcTests.Interop;

/// <summary>The interoperability cases, ours against ours and against a foreign implementation both ways.</summary>
public sealed class InteropTests(PythonPeer peer, PythonInteropServer server) : IClassFixture<PythonPeer>, IClassFixture<PythonInteropServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Cases => [.. InteropCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Our_client_our_server(string name)
    {
        await using var host = await StartAsync();

        await InteropCases.All[name](new InteropCases(host.Channel, Token)).WaitAsync(EchoHost.Patience, Token);

        host.Log.AssertNoErrors();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Our_client_foreign_server(string name)
    {
        using var channel = GrpcChannel.ForAddress(server.Address);

        await InteropCases.All[name](new InteropCases(channel, Token)).WaitAsync(EchoHost.Patience, Token);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Foreign_client_our_server(string name)
    {
        await using var host = await StartAsync();

        await peer.RunClientAsync(host.Address, name, "interop_client.py");

        host.Log.AssertNoErrors();
    }

    private static Task<EchoHost> StartAsync() => EchoHost.StartAsync(map: app => app.MapGrpcService<InteropService>());
}
