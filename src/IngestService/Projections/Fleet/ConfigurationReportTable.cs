using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

/// <summary>All that agents said, in the order of the ledger: which version ran from when is read from it.</summary>
internal sealed class ConfigurationReportTable : IDisposable
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _put;

    public ConfigurationReportTable(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _put = _statements.Prepare("INSERT OR REPLACE INTO configuration_report VALUES ($1, $2, $3, $4, $5)");
    }

    public void Add(ProjectedEntry entry, AgentConfigurationReport report, Timestamp? agentTime) => _put.Run(
        entry.Index, entry.Leaf.Producer, SqliteColumns.ToMicros(agentTime), entry.IngestMicros, report.ToByteArray());

    public void Dispose() => _statements.Dispose();
}
