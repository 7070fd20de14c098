using System.Text.Json;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

internal sealed class InspectionReader(SqliteFile file) : IInspectionQueries
{
    public Inspection? Find(string inspectionId)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.QueryOne("SELECT body FROM inspection WHERE inspection_id = $1", ToInspection, inspectionId);
    }

    public uint HighestNumber(string unitId, int year)
    {
        using SqliteReadLease lease = file.Rent();
        return (uint)lease.Number("SELECT ifnull(max(ordinal), 0) FROM inspection WHERE unit_id = $1 AND year = $2", unitId, year);
    }

    public IReadOnlyList<Inspection> Begun(IReadOnlyCollection<string> objectIds, long sinceMicros)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query("""
            SELECT body FROM inspection WHERE object_id <> '' AND object_id IN (SELECT value FROM json_each($1)) AND started_at >= $2
            ORDER BY started_at DESC
            """, ToInspection, JsonSerializer.Serialize(objectIds), sinceMicros);
    }

    public IReadOnlyList<Inspection> List(InspectionFilter filter, ulong before, int count)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query("""
            SELECT body FROM inspection WHERE planned_index < $1
            AND ($2 = '' OR unit_id = $2) AND ($3 = 0 OR state = $3)
            AND ($4 = '' OR planned_index IN (SELECT planned_index FROM inspection_officer WHERE officer_id = $4))
            AND ($5 = '[]' OR object_id IN (SELECT value FROM json_each($5)))
            ORDER BY planned_index DESC LIMIT $6
            """, ToInspection, before, filter.UnitId, filter.State, filter.OfficerId, JsonSerializer.Serialize(filter.ObjectIds), count);
    }

    private static Inspection ToInspection(SqliteDataReader row) => Inspection.Parser.ParseFrom(row.GetFieldValue<byte[]>(0));
}
