using System.Text.Json;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Detection;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.EdgeAgent.Tests.Hosting;
using EdgeEnforcement.Evidence;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Detection;

/// <summary>Detection in the whole agent: readings into the real spool, alerts at the centre.</summary>
public sealed class DetectionTests : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("detection-").FullName;
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow().AddMinutes(-5);
    private FakeCentre _centre = null!; // InitializeAsync
    private int _minute;

    public async ValueTask InitializeAsync() => _centre = await FakeCentre.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _centre.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    private string RuleFile => Path.Combine(_root, "rules.json");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<RunningAgent> StartAsync(int segmentBytes = 1 << 20, params KeyValuePair<string, string?>[] more) => RunningAgent.StartAsync(_centre.Address, _root, segmentBytes,
    [
        new("Detection:RuleFile", RuleFile),
        new("Detection:TickInterval", "00:00:00.020"),
        new("Detection:RuleFileInterval", "00:00:00.020"),
        new("Detection:SaveInterval", "00:00:00.020"),
        .. more,
    ]);

    private async Task<SpooledRecord> SendAsync(RunningAgent agent, double value, string quality = "N") =>
        await agent.Get<AgentSpool>().AppendAsync(RecordClass.P2, Outlet.Batch(value, _start.AddSeconds(10 * _minute++), quality), Cancellation);

    private static async Task QuietAsync(RunningAgent agent) =>
        await RunningAgent.UntilAsync(() => agent.Get<DetectionStatus>().Current is { Unread: 0, RuleSet.Length: > 0 }, "everything read");

    /// In the order in which they were decided; the uplink's lanes may overtake each other.
    private Record[] Arrived(Record.BodyOneofCase body) =>
        [.. _centre.Ledger.Records.Where(r => r.BodyCase == body).OrderBy(r => (r.Identity.Epoch, r.Identity.RecordClass, r.Identity.Sequence))];

    private IEnumerable<FieldAlert> Alerts => Arrived(Record.BodyOneofCase.FieldAlert).Select(r => r.FieldAlert);

    [Fact]
    public async Task A_reading_above_the_limit_is_an_alert_at_the_centre_with_its_batch_its_frame_and_its_rules()
    {
        await File.WriteAllBytesAsync(RuleFile, Outlet.Rules(), Cancellation);
        await using var agent = await StartAsync();

        await SendAsync(agent, 10);
        var spooled = await SendAsync(agent, 78.4);
        await RunningAgent.UntilAsync(() => Alerts.Any(), "the alert at the centre");

        var record = Arrived(Record.BodyOneofCase.FieldAlert).Single();
        Assert.Equal((Outlet.Mn, RecordClass.P0, 78.4), (record.SourceDevice, record.Identity.RecordClass, record.FieldAlert.WorstValue));
        var quoted = Assert.Single(record.FieldAlert.Basis.Readings);
        Assert.Equal(("dock-test", RecordClass.P2, spooled.Key.Sequence), (quoted.Batch.Producer, quoted.Batch.RecordClass, quoted.Batch.Sequence));
        Assert.Equal(Sha256Hash.Of(spooled.Record.ReadingBatch.Raw.Span).ToArray(), quoted.FrameSha256.ToByteArray());
        var activated = Assert.Single(Arrived(Record.BodyOneofCase.RuleSetActivated));
        Assert.Equal(Outlet.Rules(), activated.RuleSetActivated.Content.ToByteArray());
        Assert.Equal(activated.RuleSetActivated.Sha256, record.FieldAlert.Basis.RuleSetSha256);
        Assert.True(activated.Identity.Sequence < record.Identity.Sequence, "the rules come before what they decide");

        using var http = new HttpClient();
        var status = JsonDocument.Parse(await http.GetStringAsync(new Uri(agent.Address + "/status"), Cancellation)).RootElement.GetProperty("detection");
        Assert.Equal(("outlets", "1", 1), (status.GetProperty("ruleSet").GetString(), status.GetProperty("version").GetString(), status.GetProperty("watches").GetInt32()));
    }

    [Fact]
    public async Task A_restart_goes_on_with_the_open_episode_and_says_nothing_twice()
    {
        await File.WriteAllBytesAsync(RuleFile, Outlet.Rules(), Cancellation);
        await using (var agent = await StartAsync())
        {
            await SendAsync(agent, 60);
            await SendAsync(agent, 70);
            await QuietAsync(agent);
        }

        await using var again = await StartAsync();
        await SendAsync(again, 10);
        await RunningAgent.UntilAsync(() => Alerts.Any(a => a.Phase == EpisodePhase.Cleared), "the end of the episode");

        Assert.Equal([EpisodePhase.Opened, EpisodePhase.Cleared], Alerts.Select(a => a.Phase));
        Assert.Equal((2u, 70d), (Alerts.Last().Count, Alerts.Last().WorstValue));
        Assert.Single(Arrived(Record.BodyOneofCase.RuleSetActivated));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lost_or_damaged_state_judges_the_spool_again_and_says_nothing_twice(bool damaged)
    {
        await File.WriteAllBytesAsync(RuleFile, Outlet.Rules(), Cancellation);
        await using (var agent = await StartAsync())
        {
            foreach (var value in new[] { 60, 70, 10, 80 })
                await SendAsync(agent, value);
            await QuietAsync(agent);
            await RunningAgent.UntilAsync(() => Alerts.Count() == 3, "three reports");
        }
        var state = Path.Combine(_root, "agent", "detection", "state");
        var bytes = await File.ReadAllBytesAsync(state, Cancellation);
        bytes[100] ^= 1;
        if (damaged)
            await File.WriteAllBytesAsync(state, bytes, Cancellation);
        else
            Directory.Delete(Path.GetDirectoryName(state)!, recursive: true);

        await using var again = await StartAsync();
        await SendAsync(again, 10);
        await RunningAgent.UntilAsync(() => Alerts.Count() == 4, "the end of the second episode");

        Assert.Equal([EpisodePhase.Opened, EpisodePhase.Cleared, EpisodePhase.Opened, EpisodePhase.Cleared], Alerts.Select(a => a.Phase));
        Assert.Equal(Alerts.ElementAt(2).EpisodeId, Alerts.ElementAt(3).EpisodeId);
    }

    [Fact]
    public async Task A_broken_rule_set_is_refused_whole_the_old_one_stays_and_it_is_said_where()
    {
        await File.WriteAllBytesAsync(RuleFile, Outlet.Rules(), Cancellation);
        await using var agent = await StartAsync();
        await QuietAsync(agent);

        await File.WriteAllTextAsync(RuleFile, "{\n \"format\": 1,\n \"id\": 5 }", Cancellation);
        await RunningAgent.UntilAsync(() => agent.Get<StationAlarms>().Any(StationAlarms.RulesRefused), "the alarm");
        await RunningAgent.UntilAsync(() => Arrived(Record.BodyOneofCase.DeviceEvent).Length == 1, "the event at the centre");
        Assert.Contains("rule file refused, 4 errors, the first: line 1: ", Arrived(Record.BodyOneofCase.DeviceEvent).Single().DeviceEvent.Detail);
        await SendAsync(agent, 60);
        await RunningAgent.UntilAsync(() => Alerts.Any(), "an alert by the old rules");
        Assert.Equal("1", Alerts.Single().RuleVersion);
        Assert.Contains(agent.Get<DetectionStatus>().Current!.Refused, e => e.StartsWith("line 3", StringComparison.Ordinal));

        await File.WriteAllBytesAsync(RuleFile, Outlet.Rules("2", limit: 65), Cancellation);
        await RunningAgent.UntilAsync(() => Alerts.Count() == 2, "the end of what the old rule held open");
        await SendAsync(agent, 66);
        await RunningAgent.UntilAsync(() => Alerts.Count() == 3, "an alert by the new rules");
        Assert.Equal(["1", "1", "2"], Alerts.Select(a => a.RuleVersion));
        Assert.Equal(["1", "2"], Arrived(Record.BodyOneofCase.RuleSetActivated).Select(r => r.RuleSetActivated.Version));
        Assert.False(agent.Get<StationAlarms>().Any(StationAlarms.RulesRefused));
    }

    [Fact]
    public async Task A_rule_in_another_unit_than_the_station_sends_is_refused()
    {
        await File.WriteAllBytesAsync(RuleFile, Outlet.Rules(), Cancellation);
        await using var agent = await StartAsync(
            1 << 20, new("Hj212:Stations:0:Mn", Outlet.Mn), new("Hj212:Stations:0:Factors:0:Code", "w01018"), new("Hj212:Stations:0:Factors:0:Unit", "ug/L"));

        await RunningAgent.UntilAsync(() => agent.Get<DetectionStatus>().Current is { Refused.Count: > 0 }, "the refusal");

        Assert.Contains("'mg/L' here and 'ug/L' in Hj212:Stations", agent.Get<DetectionStatus>().Current!.Refused.Single());
    }

    [Fact]
    public async Task Nothing_is_deleted_that_was_not_judged()
    {
        await using var agent = await StartAsync(segmentBytes: 1024);
        for (var i = 0; i < 30; i++)
            await SendAsync(agent, i == 0 ? 60 : 10);
        var log = agent.Get<AgentSpool>().Find(1, RecordClass.P2)!;
        await RunningAgent.UntilAsync(() => agent.Get<ReceiptStore>().ContiguousOf(1, RecordClass.P2) >= 30, "every receipt");
        Assert.Equal(1ul, log.FirstSequence);
        Assert.NotNull(log.OldestClosed());

        await File.WriteAllBytesAsync(RuleFile, Outlet.Rules(), Cancellation);

        await RunningAgent.UntilAsync(() => log.OldestClosed() is null, "the segments deleted");
        await RunningAgent.UntilAsync(() => Alerts.Count() == 2, "what the oldest of them held, judged");
    }

    [Fact]
    public async Task Silence_is_said_by_the_clock()
    {
        await File.WriteAllBytesAsync(RuleFile, Outlet.Rules(more: Outlet.SilentRule.Replace("00:05:00", "00:00:01", StringComparison.Ordinal)), Cancellation);
        await using var agent = await StartAsync();

        await RunningAgent.UntilAsync(() => Alerts.Any(a => a.Rule == "silent"), "the silence said");
    }

    [Fact]
    public async Task Explain_decides_the_alert_again_and_says_what_is_not_on_the_disk_any_more()
    {
        await File.WriteAllBytesAsync(RuleFile, Outlet.Rules(), Cancellation);
        var config = Path.Combine(_root, "agent.json");
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new { Agent = new { DataDirectory = Path.Combine(_root, "agent") } }), Cancellation);
        await using (var agent = await StartAsync())
        {
            await SendAsync(agent, 60);
            await SendAsync(agent, 10);
            await RunningAgent.UntilAsync(() => Alerts.Count() == 2, "both reports");
            var (running, beside, _) = await AgentProcess.RunAsync("explain", "--config", config, Alerts.First().EpisodeId);
            Assert.True(running == ExitCodes.Ok, beside);
        }
        var id = Alerts.First().EpisodeId;

        var (code, output, _) = await AgentProcess.RunAsync("explain", "--config", config, id[..12]);
        Assert.True(code == ExitCodes.Ok, output);
        Assert.All(
            ["VERDICT SAME", "高于限值 50 mg/L", "SAME       signature", "SAME       frame", "SAME       worst  60", "SAME       over  true", "rule set outlets 1 "],
            part => Assert.Contains(part, output));

        var batches = Path.Combine(_root, "agent", "spool", "e000001", "p2");
        Directory.Move(batches, batches + ".away");
        var (gone, without, _) = await AgentProcess.RunAsync("explain", "--config", config, id);
        Assert.Equal(ExitCodes.Ok, gone);
        Assert.Contains("VERDICT SAME, as far as it can be seen here: 3 readings", without);
        Directory.Move(batches + ".away", batches);

        var (unknown, nothing, _) = await AgentProcess.RunAsync("explain", "--config", config, "ffff");
        Assert.Equal(ExitCodes.Negative, unknown);
        Assert.Contains("VERDICT UNKNOWN", nothing);
    }

    [Fact]
    public async Task Rules_check_prints_every_error_and_says_whether_it_would_be_taken()
    {
        var good = Path.Combine(_root, "good.json");
        var bad = Path.Combine(_root, "bad.json");
        await File.WriteAllBytesAsync(good, Outlet.Rules(), Cancellation);
        await File.WriteAllTextAsync(bad, "{ \"format\": 2,\n\"id\": \"x\" }", Cancellation);

        var (taken, ok, _) = await AgentProcess.RunAsync("rules", "check", good);
        var (refused, errors, _) = await AgentProcess.RunAsync("rules", "check", bad);
        var (missing, _, error) = await AgentProcess.RunAsync("rules", "check", bad + "x");

        Assert.Equal((ExitCodes.Ok, ExitCodes.Negative, ExitCodes.BadConfiguration), (taken, refused, missing));
        Assert.StartsWith("OK: outlets 1, 1 rules over 1 stations", ok);
        Assert.All(["line 1: format", "line 1: version: is missing", "line 1: stations: is missing", "line 1: rules: is missing", "REFUSED: 4 errors"], part => Assert.Contains(part, errors));
        Assert.Contains("no rule file", error);
    }
}
