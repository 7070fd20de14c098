using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Tests.Projections.Procedure;

/// <summary>What SQLite means to do: with a million cases nothing may be found by looking at all of them.</summary>
public sealed class QueryPlanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plan-").FullName;

    public static TheoryData<WorkListKind> Lists => [.. Enum.GetValues<WorkListKind>()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Lists))]
    public void Worklist_PageAndCount_ReadNoRowsOfCases(WorkListKind kind)
    {
        string from = WorkSql.From(new WorkFilter(kind, "p1", "u1", "river", 0));

        string[] page = Plan(new ProcedureProjection(), $"SELECT c.case_id FROM {from} AND (c.next_due, c.case_id) > ($5, $6) ORDER BY c.next_due, c.case_id LIMIT $7");
        string[] count = Plan(new ProcedureProjection(), $"SELECT count(*) FROM {from}");

        Assert.All([.. page, .. count], step => Assert.Matches("COVERING INDEX|SEARCH c USING PRIMARY KEY", step));
        Assert.Single(page);
    }

    [Theory]
    [InlineData("object_id")]
    [InlineData("place")]
    [InlineData("cell")]
    public void Neighbours_ByOneColumn_ReadNoRowsOfCases(string column) => Assert.Contains("COVERING INDEX", Assert.Single(Plan(new ProcedureProjection(),
        $"SELECT opened_index, case_id FROM procedure_case WHERE {column} = $1 AND {column} <> '' AND case_id <> $2 ORDER BY opened_index DESC LIMIT $3")), StringComparison.Ordinal);

    /// <summary>A partial index serves only who says its condition, too: of a parameter SQLite does not know that it is not empty.</summary>
    [Theory]
    [InlineData("SELECT case_id FROM procedure_case WHERE object_id = $1 AND object_id <> ''", "SEARCH")]
    [InlineData("SELECT case_id FROM procedure_case WHERE object_id = $1", "SCAN")]
    public void PartyDecisions_AreFoundByTheParty(string sql, string how) =>
        Assert.StartsWith(how, Assert.Single(Plan(new ProcedureProjection(), sql)), StringComparison.Ordinal);

    [Fact]
    public void Alert_OfALead_IsFoundByTheLead() =>
        Assert.StartsWith("SEARCH", Assert.Single(Plan(new AlertsProjection(), "SELECT alert_id FROM alert a WHERE a.lead_id = $1 AND a.lead_id <> ''")), StringComparison.Ordinal);

    private string[] Plan(IProjection projection, string sql)
    {
        using SqliteFile file = new(Path.Combine(_folder, projection.Name + ".db"));
        using ProjectionFile open = ProjectionFile.Open(file, projection, 0);
        using SqliteReadLease lease = file.Rent();
        return [.. lease.Query("EXPLAIN QUERY PLAN " + sql, row => row.GetString(3), "", "", "", 0L, 0L, "", 50)];
    }
}
