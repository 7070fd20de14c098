using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Projections;

/// <summary>What agents say of their configuration, out of the ledger.</summary>
public sealed class ConfigurationReportTests
{
    [Fact]
    public async Task Every_report_of_a_station_is_told_newest_first_and_the_newest_status_says_what_runs()
    {
        MemoryLedger ledger = new();
        ulong applied = ledger.Append("dock-1", Report(ConfigurationOutcome.Applied, 12, 12), RecordClass.P0);
        ledger.Append("dock-2", Report(ConfigurationOutcome.Applied, 13, 13), RecordClass.P0);
        ulong refused = ledger.Append("dock-1", Report(ConfigurationOutcome.Refused, 20, 12, "one", "two"), RecordClass.P0);
        ledger.Append("dock-1", record => record.AgentStatus = new AgentStatus { ConfigurationEntry = 12 }, RecordClass.P2);
        await using DeskHost host = await DeskHost.StartAsync(ledger);
        ConfigurationReportReader reports = new(host.Projections.Fleet.File);

        IReadOnlyList<ConfigurationReportRow> rows = reports.Of("dock-1", 10);

        Assert.Equal([refused, applied], rows.Select(row => row.EntryIndex));
        Assert.Equal(["one", "two"], rows[0].Report.Reasons);
        Assert.Equal((20UL, 12UL), (rows[0].Report.EntryIndex, rows[0].Report.RunsWithEntry));
        Assert.Single(reports.Of("dock-1", 1));
        Assert.Equal((12UL, true), (reports.StatusOf("dock-1").Entry, reports.StatusOf("dock-1").Time is not null));
        Assert.Equal((0UL, null), reports.StatusOf("dock-2"));
        Assert.Equal((0UL, null), reports.StatusOf("nobody"));
        await using DeskHost again = await DeskHost.StartAsync(ledger);
        Assert.Equal(host.Dump(), again.Dump());
    }

    private static Action<Record> Report(ConfigurationOutcome outcome, ulong entry, ulong runsWith, params string[] reasons) => record =>
        record.AgentConfigurationReport = new AgentConfigurationReport { Outcome = outcome, EntryIndex = entry, RunsWithEntry = runsWith, Reasons = { reasons } };
}
