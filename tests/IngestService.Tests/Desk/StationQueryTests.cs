using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Desk.Queries;
using EdgeEnforcement.IngestService.Desk.Registers;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Tests.Clerk;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.IngestService.Tests.Registers;
using EdgeEnforcement.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static EdgeEnforcement.IngestService.Tests.Projections.ReadingStory;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Desk;

public sealed class StationQueryTests
{
    private static readonly DateTimeOffset Night = Civil("2026-11-28T02:10:00");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chart_has_the_limit_and_the_episodes_of_its_factor_from_the_field_alerts_own_entries()
    {
        MemoryLedger ledger = new();
        ledger.Batch(Night, Of(Night, 62.4));
        Report(ledger, "e1", EpisodePhase.Opened, Night, Basis(Cod, 50));
        Report(ledger, "e1", EpisodePhase.Cleared, Night.AddHours(2), Basis(Cod, 50));
        Report(ledger, "e2", EpisodePhase.Opened, Night.AddDays(-9), Basis("w21003", 5));
        await using DeskHost host = await ClerkedAsync(ledger);

        SeriesAnswer chart = await ChartAsync(host, ledger, Night.AddHours(-1), Night.AddHours(3));

        Assert.Equal(62.4, Assert.Single(chart.Points).Value);
        LimitLine limit = Assert.Single(chart.Limits);
        Assert.Equal((50.0, "mg/L", "wwtp.cod", "1", "GB 18918-2002"), (limit.Limit, limit.Unit, limit.Rule, limit.RuleVersion, limit.Source));
        Assert.Equal([("e1", true), ("e2", false)], chart.Episodes.Select(span => (span.AlertId, span.OnThisFactor)).Order());
        Assert.Equal(Night.AddHours(2), chart.Episodes.Single(span => span.AlertId == "e1").End.ToDateTimeOffset());
        Assert.Null(chart.Episodes.Single(span => span.AlertId == "e2").End); // nine days, and still open
        Assert.Empty((await ChartAsync(host, ledger, Night.AddDays(-20), Night.AddDays(-19))).Episodes);
    }

    [Fact]
    public async Task An_alert_shows_its_first_and_its_newest_report_and_none_that_was_erased()
    {
        MemoryLedger ledger = new();
        ulong first = Report(ledger, "e1", EpisodePhase.Opened, Night, Basis(Cod, 50));
        Report(ledger, "e1", EpisodePhase.Updated, Night.AddMinutes(1), Basis(Cod, 50));
        ulong newest = Report(ledger, "e1", EpisodePhase.Updated, Night.AddMinutes(2), Basis(Cod, 50));
        await using (DeskHost host = await ClerkedAsync(ledger))
        {
            AlertDetail alert = await AlertAsync(host, ledger);
            Assert.Equal([first, newest], alert.Reports.Select(report => report.EntryIndex));
            Assert.Equal(["frame"], alert.Reports[0].Alert.Basis.Readings.Select(quoted => quoted.FrameSha256.ToStringUtf8()));
        }

        ledger.Erase(newest);
        await using DeskHost again = await DeskHost.StartAsync(ledger);
        Assert.Equal([first], (await AlertAsync(again, ledger)).Reports.Select(report => report.EntryIndex));
    }

    [Fact]
    public async Task Limits_in_force_are_drawn_before_any_alert_was_decided_by_them()
    {
        MemoryLedger ledger = new();
        OutletAgent agent = new(ledger, OutletAgent.RuleFile($"{OutletAgent.Threshold}, {OutletAgent.Central}"));
        agent.Activate();
        agent.Live(1, 30);
        agent.Deliver();
        await using DeskHost host = await ClerkedAsync(ledger);

        Assert.Equal([(50.0, "above", "cod"), (50.0, "above", "cod-centre")], (await AgentChartAsync()).Limits.Select(limit => (limit.Limit, limit.Comparison, limit.Rule)));

        agent.Activate(minute: 2, rules: OutletAgent.RuleFile(OutletAgent.Threshold.Replace("50", "45", StringComparison.Ordinal)));
        agent.Deliver();
        await host.CatchUpAsync(ledger);
        Assert.Equal([(45.0, "cod")], (await AgentChartAsync()).Limits.Select(limit => (limit.Limit, limit.Rule)));

        Task<SeriesAnswer> AgentChartAsync() => QueryOf(host, ledger).RunAsync(new GetSeriesRequest
        {
            Device = OutletAgent.Station, Factor = Cod, Kind = ReadingKind.RealTime,
            From = Timestamp.FromDateTimeOffset(OutletAgent.At(0)), To = Timestamp.FromDateTimeOffset(OutletAgent.At(60)),
        }, Cancellation);
    }

    [Fact]
    public async Task An_alert_shows_what_the_centre_found_when_it_decided_it_again()
    {
        MemoryLedger ledger = new();
        OutletAgent agent = new(ledger);
        agent.Activate();
        agent.Live(1, 60);
        agent.Newest.WorstValue = 600;
        string id = agent.Newest.EpisodeId;
        Record report = agent.Made[^1];
        agent.Send(report);
        await using DeskHost host = await ClerkedAsync(ledger);
        Assert.Equal(RecomputeOutcome.Waiting, (await AlertAsync(host, ledger, id)).Recomputed.Outcome);

        agent.SendAll();
        await ClerkHost.RunAsync(ledger);
        await host.CatchUpAsync(ledger);

        AlertDetail alert = await AlertAsync(host, ledger, id);
        Assert.Equal((RecomputeOutcome.Different, RecomputeOutcome.Different), (alert.Row.Recomputed, alert.Recomputed.Outcome));
        Assert.Equal(("worst", "600", "60"), Assert.Single(alert.Recomputed.Differences.Select(d => (d.Name, d.Stated, d.Recomputed))));
        Assert.Contains(alert.Timeline, item => item.Kind == "alert_recomputed" && item.Text.Contains("worst: 600 ≠ 60", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_alert_of_a_rule_of_the_centre_shows_its_basis_from_its_facts()
    {
        MemoryLedger ledger = new();
        OutletAgent agent = new(ledger, OutletAgent.RuleFile(OutletAgent.Central));
        agent.Activate();
        agent.Live(1, 60);
        agent.Live(2, 30);
        agent.Deliver();
        await using DeskHost host = await ClerkedAsync(ledger);

        AlertDetail alert = await AlertAsync(host, ledger, EpisodeId.Derive(OutletAgent.Station, "cod-centre", Cod, OutletAgent.At(1)));

        Assert.Equal([EpisodePhase.Opened, EpisodePhase.Cleared], alert.Reports.Select(report => report.Alert.Phase));
        Assert.Equal([1, 2], alert.Reports.Select(report => report.Alert.Basis.Readings.Count));
        Assert.True(alert.Row.Cleared);
        Assert.Null(alert.Recomputed);
    }

    [Fact]
    public async Task Stations_are_listed_once_page_by_page_with_open_alerts()
    {
        MemoryLedger ledger = new() { NowMicros = Night.ToUnixTimeMilliseconds() * 1000 };
        for (int station = 0; station < 7; station++)
            ledger.Append("gateway-1", record =>
            {
                Fill(record, Night, Of(Night, station));
                record.SourceDevice = $"MN{station}";
            }, RecordClass.P2);
        Report(ledger, "e1", EpisodePhase.Opened, Night, Basis(Cod, 50), device: "MN3");
        Report(ledger, "e2", EpisodePhase.Opened, Night, Basis(Cod, 50), device: "MN4");
        Report(ledger, "e2", EpisodePhase.Cleared, Night, Basis(Cod, 50), device: "MN4");
        foreach (RegisterChange change in new[] { RegisterWorld.Unit("city", "市局", UnitStanding.Agency, UnitLevel.City), RegisterWorld.Device("MN3", AdmissionClass.None, "2099-12-31", place: "三号排口站房") })
            ledger.AppendFact(LeafOrigin.Operator, new Record { RegisterChanged = new RegisterChanged { Changes = { change }, Actor = RegisterWorld.Person } });
        await using DeskHost host = await ClerkedAsync(ledger);
        StationQuery query = new(new ReadingsSize(host.Projections), host.Readings, host.Alerts,
            new RegisterView(host.ProjectedSize, host.Registers, new FakeTimeProvider(Night.AddHours(1))));

        List<StationRow> rows = [];
        string page = "";
        do
        {
            StationPage part = await query.ListAsync(new ListStationsRequest { PageSize = 3, Page = page }, Cancellation);
            rows.AddRange(part.Rows);
            page = part.NextPage;
        }
        while (page.Length > 0);

        Assert.Equal(Enumerable.Range(0, 7).Select(station => $"MN{station}"), rows.Select(row => row.Device));
        Assert.Equal([0, 0, 0, 1, 0, 0, 0], rows.Select(row => (int)row.OpenAlerts));
        Assert.Equal(("三号排口站房", "市局", AdmissionState.Unspecified), (rows[3].Registered.Place, rows[3].Registered.UnitName, rows[3].Registered.Admission));
        Assert.Null(rows[4].Registered);
        Assert.Equal(5.0, rows[5].Latest.Single().Latest.Reading.Value);
        Assert.Equal("MN6", Assert.Single((await query.ListAsync(new ListStationsRequest { Search = "n6" }, Cancellation)).Rows).Device);
        Assert.Equal(1U, (await query.FindAsync(new GetStationRequest { Device = "MN3" }, Cancellation)).Row.OpenAlerts);
        Assert.Equal("city", (await query.FindAsync(new GetStationRequest { Device = "MN3" }, Cancellation)).Row.Registered.UnitId);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 5)]
    public async Task A_range_that_is_none_is_refused(int from, int to)
    {
        MemoryLedger ledger = new();
        await using DeskHost host = await DeskHost.StartAsync(ledger);

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(() => ChartAsync(host, ledger, Night.AddHours(from), Night.AddHours(to)));
        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Empty((await ChartAsync(host, ledger, Night, Night.AddHours(1))).Points); // an unknown series is an empty chart
    }

    private static Task<SeriesAnswer> ChartAsync(DeskHost host, MemoryLedger ledger, DateTimeOffset from, DateTimeOffset to) =>
        QueryOf(host, ledger).RunAsync(new GetSeriesRequest
        {
            Device = Outlet, Factor = Cod, Kind = ReadingKind.RealTime, From = Timestamp.FromDateTimeOffset(from), To = Timestamp.FromDateTimeOffset(to),
        }, Cancellation);

    private static SeriesQuery QueryOf(DeskHost host, MemoryLedger ledger) => new(
        new ReadingsSize(host.Projections), host.Series, host.Alerts, new FieldReports(ledger), new StationLimits(host.Readings, new RuleSetShelf(ledger)));

    private static Task<AlertDetail> AlertAsync(DeskHost host, MemoryLedger ledger, string id = "e1") =>
        new AlertQuery(host.ProjectedSize, host.Alerts, host.Cases, new FieldReports(ledger)).FindAsync(new GetAlertRequest { AlertId = id }, Cancellation);

    private static async Task<DeskHost> ClerkedAsync(MemoryLedger ledger)
    {
        await ClerkHost.RunAsync(ledger);
        return await DeskHost.StartAsync(ledger);
    }

    private static ulong Report(MemoryLedger ledger, string episode, EpisodePhase phase, DateTimeOffset at, AlertBasis basis, string device = Outlet) =>
        ledger.Append("gateway-1", record =>
        {
            record.FieldAlert(episode, phase);
            record.SourceDevice = device;
            FieldAlert alert = record.FieldAlert;
            (alert.Rule, alert.Basis) = ("wwtp.cod", basis);
            (alert.EpisodeStart, alert.ObservedAt) = (Timestamp.FromDateTimeOffset(at), Timestamp.FromDateTimeOffset(at));
        });

    private static AlertBasis Basis(string factor, double limit) => new()
    {
        RuleSetVersion = "2026.11", RuleSource = "GB 18918-2002", Limit = limit, LimitUnit = "mg/L", Comparison = "above", Explanation = "三个周期超标",
        Readings = { new QuotedReading { Reading = new Reading { Factor = factor, Value = limit + 12 }, FrameSha256 = ByteString.CopyFromUtf8("frame") } },
    };
}
