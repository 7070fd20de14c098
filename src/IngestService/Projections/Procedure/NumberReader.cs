using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Numbers;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

internal sealed class NumberReader(SqliteFile file) : INumberQueries
{
    private const string Columns = "SELECT agency_id, kind, year, ordinal, state, text, block_id, case_id, subject, reason, entry_index FROM number";

    private const string BlockColumns = """
        SELECT b.block_id, b.block, b.holder_kind, b.holder, b.entry_index,
            (SELECT count(*) FROM number n WHERE n.block_id = b.block_id AND n.block_id <> '' AND n.state = 1) FROM number_block b
        """;

    public uint HighestTaken(string agencyId, DocumentKind kind, int year)
    {
        using SqliteReadLease lease = file.Rent();
        return (uint)lease.Number("SELECT ifnull(max(ordinal), 0) FROM number WHERE agency_id = $1 AND kind = $2 AND year = $3", agencyId, kind, year);
    }

    public KnownNumber? Find(NumberStream number)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.QueryOne($"{Columns} WHERE agency_id = $1 AND kind = $2 AND year = $3 AND ordinal = $4", ToNumber,
            number.AgencyId, number.Kind, number.Year, number.Ordinal);
    }

    public KnownNumber? FindText(string text)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.QueryOne($"{Columns} WHERE text = $1", ToNumber, text);
    }

    public LeasedBlock? BlockOf(NumberStream number)
    {
        if (Find(number) is not { BlockId.Length: > 0 } known)
            return null;
        using SqliteReadLease lease = file.Rent();
        return lease.QueryOne($"{BlockColumns} WHERE b.block_id = $1", ToBlock, known.BlockId);
    }

    public IReadOnlyList<LeasedBlock> Blocks(string agencyId)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query($"{BlockColumns} WHERE b.agency_id = $1 ORDER BY b.entry_index DESC", ToBlock, agencyId);
    }

    private static KnownNumber ToNumber(SqliteDataReader row) => new(
        new NumberStream(row.GetString(0), (DocumentKind)row.GetInt32(1), row.GetInt32(2), (uint)row.GetInt64(3)),
        (NumberState)row.GetInt32(4), row.GetString(5), row.GetString(6), row.GetString(7), row.GetString(8), row.GetString(9), (ulong)row.GetInt64(10));

    private static LeasedBlock ToBlock(SqliteDataReader row) => new(
        row.GetString(0), NumberBlock.Parser.ParseFrom(row.GetFieldValue<byte[]>(1)), (NumberHolder)row.GetInt32(2), row.GetString(3),
        (ulong)row.GetInt64(4), (uint)row.GetInt64(5));
}
