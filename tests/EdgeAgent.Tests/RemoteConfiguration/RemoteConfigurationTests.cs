using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Detection;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.EdgeAgent.Tests.Detection;
using EdgeEnforcement.EdgeAgent.Uplink.Upload;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Tests.RemoteConfiguration;

/// <summary>The whole agent on real files and sockets, told versions by a centre that is right, wrong or lies.</summary>
public sealed class RemoteConfigurationTests : IAsyncLifetime
{
    private const string ThreeFiles = """{ "Upload": { "ParallelFiles": 3 } }""";

    private readonly string _root = Directory.CreateTempSubdirectory("remote-").FullName;
    private FakeCentre _centre = null!; // InitializeAsync

    public async ValueTask InitializeAsync()
    {
        _centre = await FakeCentre.StartAsync();
        // A ledger begins with other things: version 0 is none.
        _centre.Ledger.Register(Versions.Act("{}", "dock-other"));
    }

    public async ValueTask DisposeAsync()
    {
        await _centre.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_version_is_taken_run_with_reported_and_kept()
    {
        await using var station = RunningStation.Start(_root, _centre.Address);
        var entry = Offer(ThreeFiles);

        await station.UntilAsync(() => station.State is { Trial: null, Good: not null }, "the version is kept");
        await station.UntilAsync(() => _centre.Ledger.Records.Any(r => r.AgentStatus?.ConfigurationEntry == entry), "its status");

        Assert.Equal(3, station.Get<IOptions<UploadOptions>>().Value.ParallelFiles);
        Assert.Equal(entry, station.Get<AgentStatusReader>().Read().Configuration!.Entry);
        var said = Assert.Single(Reports());
        Assert.Equal((ConfigurationOutcome.Applied, entry, entry, "夜间巡查"), (said.Outcome, said.EntryIndex, said.RunsWithEntry, said.Label));
        Assert.Equal(2, station.Runs);
    }

    [Fact]
    public async Task It_is_run_with_after_the_next_start_without_a_centre()
    {
        await using (var first = RunningStation.Start(_root, _centre.Address))
        {
            Offer(ThreeFiles);
            await first.UntilAsync(() => first.State.Good is not null, "the version is kept");
        }
        await using var station = RunningStation.Start(_root, "http://127.0.0.1:1");

        await station.UntilAsync(() => station.Runs == 1, "the start");

        Assert.Equal(3, station.Get<IOptions<UploadOptions>>().Value.ParallelFiles);
    }

    [Fact]
    public async Task A_version_that_does_not_do_is_refused_with_all_reasons_and_the_old_one_stays()
    {
        await using var station = RunningStation.Start(_root, _centre.Address);
        var good = Offer(ThreeFiles);
        await station.UntilAsync(() => station.State.Good is not null, "the first version is kept");

        // Each is of the right kind, and neither is in its range; the third holds only beside what the file says.
        var bad = Offer("""{ "Upload": { "ParallelFiles": 99 }, "Status": { "QuietInterval": "02:00:00" }, "Uplink": { "BackoffMaximum": "00:00:00.010" } }""");
        await station.UntilAsync(() => Reports().Count == 2, "the refusal");

        var refused = Reports()[1];
        Assert.Equal((ConfigurationOutcome.Refused, bad, good), (refused.Outcome, refused.EntryIndex, refused.RunsWithEntry));
        Assert.Equal(3, refused.Reasons.Count);
        Assert.Contains(refused.Reasons, r => r.Contains("ParallelFiles", StringComparison.Ordinal));
        Assert.Contains(refused.Reasons, r => r.Contains("QuietInterval", StringComparison.Ordinal));
        Assert.Contains(refused.Reasons, r => r.Contains("BackoffMaximum", StringComparison.Ordinal));
        Assert.Equal((2, 3), (station.Runs, station.Get<IOptions<UploadOptions>>().Value.ParallelFiles));
        Assert.True(station.Get<StationAlarms>().Any(StationAlarms.ConfigurationRefused));
    }

    [Fact]
    public async Task An_older_version_is_not_taken_again_and_a_roll_back_is_a_new_one()
    {
        await using var station = RunningStation.Start(_root, _centre.Address);
        var first = Offer(ThreeFiles);
        await station.UntilAsync(() => station.State.Good?.Index == first, "the first version");
        var second = Offer("""{ "Upload": { "ParallelFiles": 4 } }""");
        await station.UntilAsync(() => station.State.Good?.Index == second, "the second version");

        _centre.Faults.Configuration = first;
        var third = _centre.Ledger.Register(Versions.Act(ThreeFiles));
        await AskedAgainAsync(station);
        Assert.Equal(second, station.State.Current!.Index);

        _centre.Faults.Configuration = third;
        await station.UntilAsync(() => station.State.Good?.Index == third, "the roll-back");
        Assert.Equal(3, station.Get<IOptions<UploadOptions>>().Value.ParallelFiles);
    }

    [Fact]
    public async Task What_the_centre_cannot_prove_is_not_run_with_and_is_said()
    {
        _centre.Faults.LiesAboutInclusion = r => r.RegisterChanged is not null;
        await using var station = RunningStation.Start(_root, _centre.Address);
        var entry = Offer(ThreeFiles);

        await station.UntilAsync(() => Reports().Count > 0, "the report");

        Assert.Equal((ConfigurationOutcome.Refused, entry, 0ul), (Reports()[0].Outcome, Reports()[0].EntryIndex, Reports()[0].RunsWithEntry));
        Assert.Contains("is not in the tree of", Assert.Single(Reports()[0].Reasons), StringComparison.Ordinal);
        Assert.Equal((1, true), (station.Runs, station.State.Current is null));
        _centre.Faults.LiesAboutInclusion = _ => false;
        await station.UntilAsync(() => station.State.Good?.Index == entry, "the same version, proved");
    }

    [Fact]
    public async Task Another_station_s_version_is_not_run_with()
    {
        await using var station = RunningStation.Start(_root, _centre.Address);
        _centre.Faults.Configuration = _centre.Ledger.Register(Versions.Act(ThreeFiles, "dock-other"));

        await station.UntilAsync(() => Reports().Count > 0, "the report");

        Assert.Contains("is a configuration for dock-other", Assert.Single(Reports()[0].Reasons), StringComparison.Ordinal);
        Assert.Null(station.State.Current);
    }

    [Fact]
    public async Task A_start_that_fails_goes_back_to_the_last_good_version_and_says_so()
    {
        var state = Path.Combine(_root, "agent", "configuration", "state");
        var files = new FailingStart(() => File.Exists(state) && File.ReadAllText(state).Contains("\"TrialStarts\":1", StringComparison.Ordinal)
            && File.ReadAllText(state).Contains("\"SeenEntry\":" + _centre.Faults.Configuration, StringComparison.Ordinal) && _centre.Faults.ReportIsAway);
        await using var station = RunningStation.Start(_root, _centre.Address, files);
        var good = Offer(ThreeFiles);
        await station.UntilAsync(() => station.State.Good?.Index == good, "the first version");

        _centre.Faults.ReportIsAway = true;
        var bad = Offer("""{ "Upload": { "ParallelFiles": 4 } }""");
        await station.UntilAsync(() => station is { Runs: 3, State.Trial: null }, "the run after the one that failed");
        _centre.Faults.ReportIsAway = false;
        await station.UntilAsync(() => Reports().Count == 2, "the report");

        var said = Reports()[1];
        Assert.Equal((ConfigurationOutcome.RolledBack, bad, good), (said.Outcome, said.EntryIndex, said.RunsWithEntry));
        Assert.Equal("the agent does not start with it: the spool's disk is not there", Assert.Single(said.Reasons));
        Assert.Equal(3, station.Get<IOptions<UploadOptions>>().Value.ParallelFiles);
        await AskedAgainAsync(station);
        Assert.Equal(good, station.State.Current!.Index);
    }

    [Fact]
    public async Task A_version_under_which_the_centre_does_not_answer_is_given_up()
    {
        await using var station = RunningStation.Start(
            _root, _centre.Address, change: s => s["RemoteConfiguration"] = new { Interval = "00:00:00.050", Probation = "00:00:01" });
        await station.UntilAsync(() => _centre.Ledger.Size > 1, "a first record");

        _centre.Faults.ReportIsAway = true;
        var entry = Offer(ThreeFiles);
        await station.UntilAsync(() => station is { Runs: 3, State.Current: null }, "the run with the local file again");
        _centre.Faults.ReportIsAway = false;
        await station.UntilAsync(() => Reports().Count == 2, "both reports");

        Assert.Equal([ConfigurationOutcome.Applied, ConfigurationOutcome.RolledBack], Reports().Select(r => r.Outcome));
        Assert.Equal((entry, 0ul), (Reports()[1].EntryIndex, Reports()[1].RunsWithEntry));
        Assert.Equal(2, station.Get<IOptions<UploadOptions>>().Value.ParallelFiles);
    }

    [Fact]
    public async Task A_rule_set_of_a_version_is_in_force_and_one_in_another_unit_is_refused()
    {
        await using var station = RunningStation.Start(_root, _centre.Address, change: s => s["Hj212"] = new
        {
            Stations = new[] { new { Outlet.Mn, Factors = new[] { new { Code = "w01018", Unit = "mg/L" } } } },
        });
        Offer($$"""{ "Detection": { "Rules": {{System.Text.Encoding.UTF8.GetString(Outlet.Rules())}} } }""");
        await station.UntilAsync(() => station.Get<DetectionStatus>().Current?.RuleSet == "outlets", "the rules in force");
        Assert.Equal(Sha256Hash.Of(Outlet.Rules()).ToString(), station.Get<DetectionStatus>().Current!.Sha256);

        var wrong = System.Text.Encoding.UTF8.GetString(Outlet.Rules("2")).Replace("mg/L", "μg/L", StringComparison.Ordinal);
        Offer($$"""{ "Detection": { "Rules": {{wrong}} } }""");
        await station.UntilAsync(() => Reports().Any(r => r.Outcome == ConfigurationOutcome.Refused), "the refusal");

        Assert.StartsWith("Detection:Rules: ", Assert.Single(Reports()[^1].Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_station_that_accepts_none_asks_for_none()
    {
        Offer(ThreeFiles);
        await using (var station = RunningStation.Start(
            _root, _centre.Address, change: s => s["RemoteConfiguration"] = new { Accept = false, Interval = "00:00:00.050" }))
            await station.UntilAsync(() => _centre.Ledger.Records.Any(r => r.AgentStatus is not null), "its status");

        Assert.Equal(0, _centre.Faults.Asked);
    }

    private ulong Offer(string json) => _centre.Faults.Configuration = _centre.Ledger.Register(Versions.Act(json));

    private IReadOnlyList<AgentConfigurationReport> Reports() =>
        [.. _centre.Ledger.Records.Select(r => r.AgentConfigurationReport).Where(r => r is not null)];

    /// <summary>Whatever was named when it was called has been asked for since.</summary>
    private async Task AskedAgainAsync(RunningStation station)
    {
        var asked = _centre.Faults.Asked;
        await station.UntilAsync(() => _centre.Faults.Asked >= asked + 3, "it asks again");
    }
}
