using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.EdgeAgent.Tests.Faults;

/// <summary>
/// Every call of docking one file fails once in every way: the spool has a manifest and a custody record only for a copy that is whole
/// on disk under its name, the recorder goes only after them, and afterwards the file is docked again or gone on with, once.
/// </summary>
public sealed class DockingFaultTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("docking-").FullName;
    private int _scenarios;

    [Fact]
    public async Task Docking_one_file()
    {
        var calls = await SweepAsync("docking", s => s.OpenAsync(), s => s.DockAsync());

        Assert.True(calls > 20, $"{calls} calls");
    }

    [Fact]
    public async Task A_start_that_attests_a_copy_whose_custody_record_was_cut_off()
    {
        var calls = await SweepAsync("settling", async s =>
        {
            await s.OpenAsync();
            await s.DockUpToManifestAsync();
        }, async s =>
        {
            await s.OpenAsync();
            await s.DockAsync();
        }, shortStride: 2);

        Assert.True(calls > 30, $"{calls} calls");
    }

    [Fact]
    public Task A_skipped_flush_of_the_copy_is_seen() =>
        SeesAsync("not whole on disk", disk => new SkippingFileSystem(disk, skipFlush: p => p.Contains("/media/incoming/", StringComparison.Ordinal)));

    [Fact]
    public Task A_skipped_sync_of_the_copy_s_directory_is_seen() =>
        SeesAsync("a power cut would take away", disk => new SkippingFileSystem(disk, skipSync: p => Path.GetFileName(Path.GetDirectoryName(p)) == "media"));

    [Theory]
    [InlineData("gone")]
    [InlineData("damaged")]
    public async Task A_copy_that_is_not_there_as_it_was_is_not_attested_and_is_made_again(string how)
    {
        var scenario = new DockingScenario(NewRoot(), s => s.OpenAsync(), s => s.DockUpToManifestAsync());
        await scenario.PrepareAsync();
        await scenario.WorkAsync();
        var copy = Assert.Single(scenario.Disk.AllFiles(), f => f.Contains("/media/", StringComparison.Ordinal));
        var bytes = scenario.Disk.ReadAllBytes(copy);
        bytes[100] ^= 1;
        if (how == "gone")
            scenario.Disk.Delete(copy);
        else
            scenario.Disk.Place(copy, bytes);

        await scenario.OpenAsync();

        Assert.Equal(0, scenario.CopiedCount);
        await scenario.DockAsync();
        Assert.Equal(1, scenario.CopiedCount);
        scenario.Hold();
        await scenario.LetGoAsync();
    }

    private Task<int> SweepAsync(string path, Func<DockingScenario, Task> prepare, Func<DockingScenario, Task> work, int shortStride = 1) =>
        new FaultSweep(path, () => new DockingScenario(NewRoot(), prepare, work), output.WriteLine) { ShortStride = shortStride }.RunAsync();

    private async Task SeesAsync(string what, Func<IFileSystem, IFileSystem> mutation)
    {
        var scenario = new DockingScenario(NewRoot(), s => s.OpenAsync(), s => s.DockAsync()) { Between = mutation };
        await scenario.PrepareAsync();
        await scenario.WorkAsync();
        await scenario.LetGoAsync();
        scenario.Disk.RestartProcess();

        var broken = await Assert.ThrowsAnyAsync<Exception>(scenario.CheckAsync);

        await scenario.LetGoAsync();
        Assert.Contains(what, broken.Message);
    }

    private string NewRoot() => Path.Combine(_root, $"{++_scenarios}");

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
