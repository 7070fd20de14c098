using System.Text.Json;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.EdgeAgent.Tests.RemoteConfiguration;

/// <summary>Every call for the versions, their rule sets and their reports fails once in every way, and the process dies there.</summary>
public sealed class ConfigurationFaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Taken_started_and_kept()
    {
        var calls = await SweepAsync("configuration kept", s =>
        {
            s.Take(1);
            s.Start();
            s.Keep();
            s.Take(5);
            s.Start();
            s.Keep();
            return Task.CompletedTask;
        });

        Assert.True(calls > 30, $"{calls} calls");
    }

    [Fact]
    public async Task Refused_given_up_and_said()
    {
        var calls = await SweepAsync("configuration given up", async s =>
        {
            s.Take(1);
            s.Start();
            s.Keep();
            s.Refuse(2);
            await s.SayAsync();
            s.Take(3);
            s.Start();
            s.GiveUp();
            s.Start();
            await s.SayAsync();
        });

        Assert.True(calls > 30, $"{calls} calls");
    }

    private async Task<int> SweepAsync(string path, Func<ConfigurationScenario, Task> work)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
            {
                Agent = new { DataDirectory = "/station/agent" }, Uplink = new { Address = "http://127.0.0.1:1" }, Upload = new { ParallelFiles = 16 },
            }), TestContext.Current.CancellationToken);
            return await new FaultSweep(path, () => new ConfigurationScenario(file, work), output.WriteLine).RunAsync();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
