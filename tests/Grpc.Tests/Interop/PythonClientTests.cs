namespace EdgeEnforcement.GrpcTests.Interop;

/// <summary>A foreign client against our server; each check is a function of <c>python/echo_client.py</c>.</summary>
public sealed class PythonClientTests(PythonPeer peer) : IClassFixture<PythonPeer>
{
    [Theory]
    [InlineData("unary")]
    [InlineData("client_streaming")]
    [InlineData("server_streaming")]
    [InlineData("duplex")]
    [InlineData("metadata")]
    [InlineData("status")]
    [InlineData("status_after_messages")]
    [InlineData("big")]
    [InlineData("over_limit")]
    [InlineData("unknown_method")]
    [InlineData("compressed")]
    public async Task Check_holds(string check)
    {
        await using var host = await EchoHost.StartAsync();

        await peer.RunClientAsync(host.Address, check);

        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Exception_of_service_code_is_unknown()
    {
        await using var host = await EchoHost.StartAsync();

        await peer.RunClientAsync(host.Address, "thrown");
    }

    [Theory]
    [InlineData("deadline")]
    [InlineData("cancellation")]
    public async Task Service_hears_of_it(string check)
    {
        await using var host = await EchoHost.StartAsync();

        await peer.RunClientAsync(host.Address, check);

        if (check == "deadline")
            Assert.True(await host.Probe.UntilSeenAsync());
        else
            await host.Probe.UntilFailedAsync();
        host.Log.AssertNoErrors();
    }
}
