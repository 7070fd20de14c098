using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.EdgeAgent.Tests.Faults;

/// <summary>Every call the station makes for its spool, receipts, epoch, proofs and pinned checkpoint fails once in every way.</summary>
public sealed class StationFaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task First_start_with_an_empty_data_directory()
    {
        var calls = await SweepAsync("station first start", _ => Task.CompletedTask, async s =>
        {
            await s.OpenAsync();
            await s.AppendAsync(RecordClass.P0, 1);
            await s.ReportAsync();
        });

        Assert.True(calls > 40, $"{calls} calls");
    }

    [Fact]
    public async Task Appends_receipts_proofs_pin_and_deletion()
    {
        var calls = await SweepAsync("station", s => s.OpenAsync(), async s =>
        {
            await s.AppendAsync(RecordClass.P0, 3);
            await s.AppendAsync(RecordClass.P2, 9);
            await s.ReportAsync();
            s.Pin();
            s.DeleteAnswered();
        });

        Assert.True(calls > 60, $"{calls} calls");
    }

    [Fact]
    public async Task A_new_epoch()
    {
        var calls = await SweepAsync("epoch", async s =>
        {
            await s.OpenAsync();
            await s.AppendAsync(RecordClass.P0, 2);
            await s.ReportAsync();
        }, async s =>
        {
            await s.RollOverAsync();
            await s.AppendAsync(RecordClass.P0, 2);
            await s.ReportAsync();
        });

        Assert.True(calls > 30, $"{calls} calls");
    }

    private Task<int> SweepAsync(string path, Func<StationScenario, Task> prepare, Func<StationScenario, Task> work) =>
        new FaultSweep(path, () => new StationScenario(prepare, work), output.WriteLine).RunAsync();
}
