using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>Rules of the process by the entry that put them in force. A file that was erased lawfully is not among them.</summary>
internal sealed class RulesTable(StatementSet statements)
{
    private readonly SqliteStatement _add = statements.Prepare("INSERT OR REPLACE INTO procedure_rules VALUES ($1, $2, $3, $4)");

    public void Apply(ulong entry, ProcedureRulesActivated activated) =>
        _add.Run(entry, activated.Version, activated.Sha256.Memory, activated.Content.Memory);
}
