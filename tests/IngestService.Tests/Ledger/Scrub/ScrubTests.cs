using EdgeEnforcement.IngestService.Ledger.Scrub;
using EdgeEnforcement.IngestService.Tests.Doubles;

namespace EdgeEnforcement.IngestService.Tests.Ledger.Scrub;

[Trait("Form", "Sweep")]
public sealed class ScrubTests
{
    [Fact]
    public async Task A_whole_store_is_read_and_the_round_is_an_entry()
    {
        await using var host = new ScrubHost();
        await host.OpenAsync();
        await host.FillAsync(records: 1200, objects: 3);
        var size = host.Core.Reader.DurableSize;
        host.StartScrubber();

        var state = await host.RoundAsync();

        Assert.Equal((size, 3L, 0), (state.VerifiedSize, state.MediaObjects, state.FindingCount));
        var leaf = Assert.Single(host.Leaves());
        Assert.Equal((size, 3UL, 0U), (leaf.VerifiedSize, leaf.MediaObjects, leaf.FindingCount));
        Assert.True(host.Segments.Length > 5, "many segments");
        Assert.True((long)leaf.BytesRead > host.Segments.Sum(s => new FileInfo(s).Length), $"{leaf.BytesRead} bytes");
        Assert.False(new ScrubHealthProbe(host.Status).Check().IsDegraded);

        var next = await host.RoundAsync();
        Assert.True(next.VerifiedSize > size, "the next round reads what came since, its own entry too");
        Assert.Equal(2, host.Leaves().Count);
    }

    [Fact]
    public async Task The_budget_is_kept()
    {
        await using var host = new ScrubHost();
        await host.OpenAsync();
        await host.FillAsync(records: 1200, objects: 3);
        host.Options.MegabytesPerSecond = 0.1;
        host.StartScrubber();

        var state = await host.RoundAsync();

        var seconds = (state.VerifiedAt - state.Started)!.Value.TotalSeconds;
        Assert.True(state.Bytes / seconds <= 100_000 * 1.02, $"{state.Bytes} bytes in {seconds} s");
    }

    public static TheoryData<string> Places => ["leaf", "envelope", "header", "tile", "partial tile", "media", "missing media", "checkpoint"];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Damage_under_a_running_service_is_a_finding_an_error_and_an_entry(string place)
    {
        await using var host = new ScrubHost();
        await host.OpenAsync();
        await host.FillAsync(records: 1200, objects: 3);
        host.StartScrubber();
        Assert.Equal(0, (await host.RoundAsync()).FindingCount);
        var (file, offset, entry) = Damage(host, place);

        var state = await host.RoundAsync();

        Assert.True(state.FindingCount >= 1, "found");
        var finding = state.Findings.FirstOrDefault(f => Path.GetFileName(f.File) == Path.GetFileName(file));
        Assert.True(finding is not null, string.Join('\n', state.Findings));
        if (offset is not null)
            Assert.Equal(offset, finding.Offset);
        if (entry is not null)
            Assert.Equal(entry, finding.Index);
        Assert.Contains(host.Log.All, l => l.StartsWith("Error: Stored evidence is damaged", StringComparison.Ordinal) && l.Contains(Path.GetFileName(file), StringComparison.Ordinal));
        var health = new ScrubHealthProbe(host.Status).Check();
        Assert.True(health is { IsReady: true, IsDegraded: true }, "degraded, and still at work");
        var leaf = host.LastEntry();
        Assert.Equal((uint)state.FindingCount, leaf.FindingCount);
        Assert.Contains(leaf.Findings, f => f.File.EndsWith(Path.GetFileName(file), StringComparison.Ordinal) && !Path.IsPathRooted(f.File));
    }

    // A record of 200-odd bytes: header 64, batch header 40, record header 16, leaf, then salt and envelope.
    private static (string File, long? Offset, ulong? Entry) Damage(ScrubHost host, string place)
    {
        var segment = host.Segments[2];
        var first = ulong.Parse(Path.GetFileNameWithoutExtension(segment), System.Globalization.CultureInfo.InvariantCulture);
        switch (place)
        {
            case "header":
                ScrubHost.Flip(segment, 20);
                return (segment, 0, null);
            case "leaf":
                ScrubHost.Flip(segment, 64 + 40 + 16 + 20);
                return (segment, 64 + 40, first);
            case "envelope":
                ScrubHost.Flip(segment, 64 + 40 + 16 + 200);
                return (segment, 64 + 40, first);
            case "tile":
                var tile = Path.Combine(host.Paths.Public, "tile/0/001");
                ScrubHost.Flip(tile, 777);
                return (tile, 777, null);
            case "partial tile":
                var partial = Directory.GetFiles(Path.Combine(host.Paths.Public, "tile/1/000.p"))[^1];
                ScrubHost.Flip(partial, 33);
                return (partial, 33, null);
            case "media":
                ScrubHost.Flip(host.Objects[1], 12_345);
                return (host.Objects[1], null, null);
            case "missing media":
                File.Delete(host.Objects[2]);
                return (host.Objects[2], null, null);
            default:
                ScrubHost.Flip(host.Paths.LastSigned, 60);
                return (host.Paths.LastSigned, null, null);
        }
    }

    // Read before, then erased and restarted; not read yet, and erased by a leaf above the end the round began with.
    [Theory]
    [InlineData(2, true)]
    [InlineData(2390, false)]
    public async Task What_is_lawfully_erased_during_a_round_is_no_finding(ulong erased, bool restart)
    {
        await using var host = new ScrubHost();
        await host.OpenAsync();
        await host.FillAsync(records: 2400, objects: 3);
        host.Options.MegabytesPerSecond = 0.01;
        host.StartScrubber();
        await host.UntilAsync(() => host.Saved is { Position: > 600 });
        if (restart)
            await host.StopScrubberAsync();
        await host.Core.FactAsync(ErasureTests.Order((erased, erased)));
        if (restart)
            host.StartScrubber();

        var state = await host.RoundAsync();

        Assert.True(state.FindingCount == 0, string.Join('\n', state.Findings));
        Assert.True((await host.RoundAsync()).FindingCount == 0, "nor of the next one");
    }

    [Fact]
    public async Task A_restart_goes_on_where_the_round_was()
    {
        await using var host = new ScrubHost();
        await host.OpenAsync();
        await host.FillAsync(records: 2400, objects: 3);
        host.Options.MegabytesPerSecond = 0.01; // its place is saved several times before it is through
        host.StartScrubber();
        await host.UntilAsync(() => host.Saved is { Position: > 600 });
        await host.StopScrubberAsync();
        var saved = host.Saved;
        Assert.True(saved is { Position: > 100, Ended: null } && saved.Position < host.Core.Reader.DurableSize, $"{saved}");
        ScrubHost.Flip(host.Segments[0], 64 + 40 + 16 + 200); // behind it: for the next round

        host.StartScrubber();
        var state = await host.RoundAsync();

        Assert.Contains(host.Log.All, l => l.Contains($"Scrubbing from entry {saved.Position}", StringComparison.Ordinal));
        Assert.Equal((0, 3L), (state.FindingCount, state.MediaObjects));
        Assert.Equal(host.Core.Reader.DurableSize - 1, state.VerifiedSize);
        Assert.Equal(saved.Started, state.Started);
        Assert.Equal(1, (await host.RoundAsync()).FindingCount);
    }

    [Theory]
    [InlineData("cursor")]
    [InlineData("tile")]
    public async Task A_place_that_cannot_be_trusted_is_no_place(string damaged)
    {
        await using var host = new ScrubHost();
        await host.OpenAsync();
        await host.FillAsync(records: 2400, objects: 3);
        host.Options.MegabytesPerSecond = 0.01;
        host.StartScrubber();
        await host.UntilAsync(() => host.Saved is { Position: > 600 });
        await host.StopScrubberAsync();
        // The way back to the edge of a tree of some hundred entries leads over the first hash of level 1.
        foreach (var file in damaged == "cursor" ? [host.Paths.ScrubCursor] : Directory.GetFiles(Path.Combine(host.Paths.Public, "tile/1/000.p")))
            ScrubHost.Flip(file, 10);

        host.StartScrubber();
        var state = await host.RoundAsync();

        Assert.Contains(host.Log.All, l => l.StartsWith("Warning: The round begins again at entry 0", StringComparison.Ordinal));
        Assert.Equal(damaged == "tile", state.FindingCount > 0);
        Assert.Equal(host.Core.Reader.DurableSize - 1, state.VerifiedSize);
    }

    [Fact]
    public async Task Rounds_beside_appends_find_nothing()
    {
        await using var host = new ScrubHost();
        await host.OpenAsync();
        await host.FillAsync(records: 300, objects: 1);
        host.Options.Pause = TimeSpan.FromSeconds(10);
        host.Options.MegabytesPerSecond = 1000;
        host.StartScrubber();
        using var enough = new CancellationTokenSource();
        var appending = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
                await host.AppendAsync(40);
        }, TestContext.Current.CancellationToken);

        for (var round = 0; round < TestSeed.Times(8, 200); round++)
        {
            var state = await host.RoundAsync();
            Assert.True(state.FindingCount == 0, string.Join('\n', state.Findings));
        }
        await enough.CancelAsync();
        await appending;
    }
}
