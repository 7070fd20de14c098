using EdgeEnforcement.EdgeAgent.Hosting;

namespace EdgeEnforcement.EdgeAgent.Tests.Hosting;

/// <summary>The executable as a person or a script meets it.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("agent-cli-").FullName;

    [Fact]
    public async Task A_bad_configuration_prints_every_failure_and_exits_with_2()
    {
        var config = Path.Combine(_root, "bad.json");
        await File.WriteAllTextAsync(
            config,
            """{"Agent":{"Producer":"no spaces allowed"},"Dock":{"Bays":[{"Number":1,"Path":"a"},{"Number":1,"Path":"b"}]},"Uplink":{"Address":"nowhere"},"Status":{"Listen":"http://0.0.0.0:1"}}""",
            TestContext.Current.CancellationToken);

        var (code, _, error) = await AgentProcess.RunAsync("run", "--config", config);

        Assert.Equal(ExitCodes.BadConfiguration, code);
        Assert.All(["Producer", "DataDirectory", "number 1 more than once", "Address", "loopback"], part => Assert.Contains(part, error));
    }

    [Fact]
    public async Task Hash_prints_what_sha256sum_prints_and_sm3_beside_it()
    {
        var file = Path.Combine(_root, "abc");
        await File.WriteAllTextAsync(file, "abc", TestContext.Current.CancellationToken);

        var (code, output, _) = await AgentProcess.RunAsync("hash", "--sm3", "--chunks", file);

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Equal(
            [
                $"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  {file}",
                $"sm3 66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0  {file}",
                "  chunk 0 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Status_of_an_agent_that_does_not_run_says_so_with_its_own_code()
    {
        var config = Path.Combine(_root, "agent.json");
        await File.WriteAllTextAsync(config, """{"Status":{"Listen":"http://127.0.0.1:1"}}""", TestContext.Current.CancellationToken);

        var (code, _, error) = await AgentProcess.RunAsync("status", "--config", config);

        Assert.Equal(ExitCodes.NotRunning, code);
        Assert.Contains("does not answer", error);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
