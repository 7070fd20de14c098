using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using Google.Protobuf.WellKnownTypes;
using Desk = EdgeEnforcement.Contracts.V1.Desk;

namespace EdgeEnforcement.EndToEnd.Tests.Stations;

/// <summary>
/// Frame to ledger to alert to desk, between real programs: simulated outlets send HJ 212 to an agent that decides by the demo's rules. One
/// discharges and loses its cable meanwhile, the other is in maintenance with values as high. One rule is the centre's, and the service is
/// killed while what it found is open.
/// </summary>
public sealed class OutletTests
{
    private const string Discharging = "500112A8900016F000000001";
    private const string InMaintenance = "500112A8900016F000000002";
    private const string Cod = "w01018";

    // Incidents at six times their speed: the cable is out for 110 seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_discharge_is_an_alert_with_its_readings_maintenance_is_none_and_a_pulled_cable_leaves_no_gap()
    {
        using var folder = new TemporaryFolder();
        await using var service = new ServiceUnderTest(Path.Combine(folder.Path, "data"));
        await service.StartAsync();
        await using var agent = new AgentUnderTest(folder.Path, service.GrpcAddress, "gateway-test-01");
        var listen = $"127.0.0.1:{LoopbackPort.Next()}";
        Configure(agent, listen, await RulesAsync(folder));
        await agent.StartAsync();
        var began = TimeProvider.System.GetUtcNow();
        await using var stations = ProductProcess.Start(
            "dotnet", Repository.Assembly("OutletSimulator", "outlet-simulator"), "--agent", listen, "--outlets", "2", "--air", "0", "--every", "1",
            "--minute", "1", "--speed", "6", "--incident", "night-discharge@1+5", "--incident", "maintenance@2+5", "--incident", "cable-pulled@1+70");
        using var channel = service.Channel();
        var desk = new Desk.DeskClient(channel);
        string Logs() => agent.Process.Output + "\n" + stations.Output;

        var live = await Eventually.Gives("an alert of the discharge", Patience, () => AlertOfAsync(desk, Discharging, "cod-real-time@"), Logs);
        Assert.False(live.Row.Retrospective);
        AssertDecidedFromReadings(live);
        await AssertChartedAsync(desk, live, began);

        var central = await Eventually.Gives("an alert of the centre's rule", Patience, () => AlertOfAsync(desk, Discharging, "centre-cod@"), Logs);
        AssertDecidedFromReadings(central);
        await service.KillAsync();
        await service.StartAsync();

        var late = await Eventually.Gives("an alert of what was recalled", Patience, () => AlertOfAsync(desk, Discharging, "cod-backfill@"), Logs);
        Assert.True(late.Row.Retrospective);
        await AssertNoGapAsync(desk, began, Logs);

        foreach (var alert in new[] { live, late })
            await Eventually.Holds("the centre decided it again to the same", Patience, async () => (await DetailAsync(desk, alert.Row.AlertId)).Recomputed?.Outcome == RecomputeOutcome.Same, Logs);

        await Eventually.Holds("the centre went on with what it had open", Patience, async () =>
            (await DetailAsync(desk, central.Row.AlertId)).Timeline.Count > central.Timeline.Count, Logs);

        var states = await AlertsAsync(desk, InMaintenance);
        Assert.Contains(states, a => a.Rule.StartsWith("quality-flag@", StringComparison.Ordinal) && a.Row.Kind == AlertKind.Device);
        Assert.DoesNotContain(states, a => a.Rule.StartsWith("cod-", StringComparison.Ordinal));

        var (code, output) = await agent.RunAsync("explain", live.Row.AlertId);
        Assert.True(code == 0 && output.Contains("VERDICT SAME", StringComparison.Ordinal), output);
        (code, output) = await service.VerifyAsync();
        Assert.True(code == 0, output);
    }

    /// <summary>The demo's rules, and one of them a second time with the centre as its decider.</summary>
    private static async Task<string> RulesAsync(TemporaryFolder folder)
    {
        var rules = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "samples", "rules", "demo.json"), Cancellation);
        var path = Path.Combine(folder.Path, "rules.json");
        await File.WriteAllTextAsync(path, rules.Replace("\"rules\": [", $$"""
            "rules": [
                {
                  "id": "centre-cod", "title": "COD 实时数据偏高（中心）", "kind": "threshold", "judges": "warning", "decider": "centre",
                  "stations": ["{{Discharging}}", "{{InMaintenance}}"], "factor": "w01018", "period": "real-time", "unit": "mg/L",
                  "comparison": "above", "limit": 50, "clearLevel": 45, "hold": "00:00:05", "clearHold": "00:00:20",
                  "source": { "standard": "GB 18918-2002 表1", "judgedPeriod": "day" }, "validFrom": "2006-05-08"
                },
            """, StringComparison.Ordinal), Cancellation);
        return path;
    }

    private static void Configure(AgentUnderTest agent, string listen, string rules)
    {
        void Set(string key, string value) => agent.Environment["EDGE_AGENT_" + key] = value;
        Set("Detection__RuleFile", rules);
        Set("Hj212__Listen__0", listen);
        Set("Hj212__GapInterval", "00:00:02");
        Set("Hj212__GapGrace", "00:00:10");
        foreach (var (station, place) in new[] { Discharging, InMaintenance }.Select((mn, place) => (mn, place)))
        {
            var prefix = $"Hj212__Stations__{place}__";
            Set(prefix + "Mn", station);
            Set(prefix + "Name", "测试排口");
            Set(prefix + "St", "32");
            Set(prefix + "Password", "123456");
            Set(prefix + "RealTimeInterval", "1");
            Set(prefix + "MinuteInterval", "1");
            Set(prefix + "Factors__0__Code", Cod);
            Set(prefix + "Factors__0__Name", "化学需氧量");
            Set(prefix + "Factors__0__Unit", "mg/L");
        }
    }

    private static async Task<AlertDetail?> AlertOfAsync(Desk.DeskClient desk, string station, string rule) =>
        (await AlertsAsync(desk, station)).Find(a => a.Rule.StartsWith(rule, StringComparison.Ordinal));

    private static async Task<List<AlertDetail>> AlertsAsync(Desk.DeskClient desk, string station)
    {
        var details = new List<AlertDetail>();
        foreach (var row in (await desk.ListAlertsAsync(new ListAlertsRequest { PageSize = 200 }, cancellationToken: Cancellation)).Rows.Where(r => r.SourceDevice == station))
            details.Add(await DetailAsync(desk, row.AlertId));
        return details;
    }

    private static async Task<AlertDetail> DetailAsync(Desk.DeskClient desk, string alertId) =>
        await desk.GetAlertAsync(new GetAlertRequest { AlertId = alertId }, cancellationToken: Cancellation);

    private static void AssertDecidedFromReadings(AlertDetail alert)
    {
        var basis = alert.Reports[0].Alert.Basis;
        Assert.Equal(50, basis.Limit);
        Assert.Equal("mg/L", basis.LimitUnit);
        Assert.Contains("GB 18918-2002", basis.RuleSource, StringComparison.Ordinal);
        Assert.Contains(basis.Readings, q => q.Reading is { Factor: Cod, Quality: "N", Value: > 50 });
        Assert.All(basis.Readings, q => Assert.Equal(32, q.FrameSha256.Length));
        Assert.All(basis.Readings, q => Assert.True(q.Batch.Sequence > 0));
    }

    /// <summary>The chart's query shows the readings, the limit and the episode.</summary>
    private static async Task AssertChartedAsync(Desk.DeskClient desk, AlertDetail alert, DateTimeOffset began)
    {
        var series = await desk.GetSeriesAsync(Ask(ReadingKind.RealTime, began), cancellationToken: Cancellation);
        Assert.Contains(series.Points, p => p.Value > 50);
        Assert.Contains(series.Points, p => p.Value < 50);
        Assert.Contains(series.Limits, l => l.Limit == 50 && l.Unit == "mg/L");
        Assert.Contains(series.Episodes, e => e.AlertId == alert.Row.AlertId && e.OnThisFactor);
    }

    /// <summary>Every minute from the first to the last is there, and those of the outage are marked as recalled.</summary>
    private static Task AssertNoGapAsync(Desk.DeskClient desk, DateTimeOffset began, Func<string> logs) =>
        Eventually.Holds("minute data without a gap", Patience, async () =>
        {
            var series = await desk.GetSeriesAsync(Ask(ReadingKind.Minute, began.AddMinutes(-2)), cancellationToken: Cancellation);
            var minutes = series.Points.Select(p => p.At.Seconds / 60).ToList();
            return minutes.Count >= 3 && series.Points.Any(p => p.Recalled > 0) && minutes[^1] - minutes[0] == minutes.Count - 1;
        }, logs);

    private static GetSeriesRequest Ask(ReadingKind kind, DateTimeOffset from) => new()
    {
        Device = Discharging,
        Factor = Cod,
        Kind = kind,
        From = Timestamp.FromDateTimeOffset(from),
        To = Timestamp.FromDateTimeOffset(from.AddHours(1)),
        MaxPoints = 2000,
    };
}
