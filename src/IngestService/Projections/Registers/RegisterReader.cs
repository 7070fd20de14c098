using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Registers;

internal sealed class RegisterReader(SqliteFile file, RegisterBooks books, PartyNumberKey key) : IRegisterQueries
{
    // Above every character a name holds: the end of what begins with a prefix.
    private const string End = "\U0010FFFF";

    public RegisterBook Book => books.Now;

    public RegisterSubject? Find(RegisterKind kind, string id)
    {
        using SqliteReadLease lease = file.Rent();
        return Find(lease, kind, id);
    }

    public IReadOnlyList<(string Id, ulong Entry)> ByNumber(string number)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query("SELECT id, entry_index FROM party_number WHERE hash = $1 ORDER BY id, entry_index",
            row => (row.GetString(0), row.UInt64(1)), (ReadOnlyMemory<byte>)key.HashOf(number));
    }

    public IReadOnlyList<(string Name, string Id)> ByName(string prefix, (string Name, string Id) after, int count)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query(
            "SELECT name, id FROM party_name WHERE name >= $1 AND name < $2 AND (name, id) > ($3, $4) ORDER BY name, id LIMIT $5",
            row => (row.GetString(0), row.GetString(1)), prefix, prefix + End, after.Name, after.Id, count);
    }

    public IReadOnlyList<RegisterSubject> OwnedBy(RegisterKind kind, string objectId)
    {
        using SqliteReadLease lease = file.Rent();
        List<string> ids = lease.Query("SELECT id FROM party_owner WHERE kind = $1 AND owner = $2 ORDER BY id", row => row.GetString(0), kind, objectId);
        return [.. ids.Select(id => Find(lease, kind, id)).OfType<RegisterSubject>()];
    }

    private static RegisterSubject? Find(SqliteReadLease lease, RegisterKind kind, string id)
    {
        List<RegisterVersion> versions = lease.Query(
            $"{RegisterRows.Columns} WHERE kind = $1 AND id = $2 ORDER BY entry_index, line", RegisterRows.ToVersion, kind, id);
        return versions.Count == 0 ? null : new RegisterSubject(kind, id, [.. versions]);
    }
}
