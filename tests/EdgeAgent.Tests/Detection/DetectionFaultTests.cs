using EdgeEnforcement.Testing;

namespace EdgeEnforcement.EdgeAgent.Tests.Detection;

/// <summary>Every call of detection for its state, its rules and its alerts fails once in every way.</summary>
public sealed class DetectionFaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task First_rule_set_alerts_and_their_ends()
    {
        var calls = await SweepAsync("detection", s => s.OpenAsync(), s => s.SendAsync(5));

        Assert.True(calls > 50, $"{calls} calls");
    }

    [Fact]
    public async Task A_new_rule_set_while_an_episode_is_open()
    {
        var calls = await SweepAsync("new rules", async s =>
        {
            await s.OpenAsync();
            await s.SendAsync(3);
        }, async s =>
        {
            s.ChangeRules();
            await s.DetectAsync();
            await s.SendAsync(5);
        });

        Assert.True(calls > 30, $"{calls} calls");
    }

    private Task<int> SweepAsync(string path, Func<DetectionScenario, Task> prepare, Func<DetectionScenario, Task> work) =>
        new FaultSweep(path, () => new DetectionScenario(prepare, work), output.WriteLine).RunAsync();
}
