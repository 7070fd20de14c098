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

    // Only a resend, for a record. But CENTRE_STORED in the spool says that media receipt and proof are here, and segments were deleted on the
    // word of theirs.
    [Fact]
    public async Task A_skipped_flush_of_the_receipts_is_seen()
    {
        var scenario = new StationScenario(s => s.OpenAsync(), async s =>
        {
            await s.AppendAsync(RecordClass.P0, 2);
            await s.ReportAsync();
        }) { Between = disk => new SkippingFileSystem(disk, skipFlush: p => p.Contains("/receipts/", StringComparison.Ordinal) && p.EndsWith(".seg", StringComparison.Ordinal)) };
        await scenario.PrepareAsync();
        await scenario.WorkAsync();
        await scenario.LetGoAsync();
        scenario.Disk.Crash(CrashMode.Drop);

        var broken = await Assert.ThrowsAnyAsync<Exception>(scenario.CheckAsync);

        await scenario.LetGoAsync();
        Assert.Matches("the receipt of .* is gone", broken.Message);
    }

    private Task<int> SweepAsync(string path, Func<StationScenario, Task> prepare, Func<StationScenario, Task> work) =>
        new FaultSweep(path, () => new StationScenario(prepare, work), output.WriteLine).RunAsync();
}
