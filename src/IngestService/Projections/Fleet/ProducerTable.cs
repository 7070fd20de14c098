using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

internal sealed class ProducerTable : IDisposable
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _ensure;
    private readonly SqliteStatement _register;
    private readonly SqliteStatement _add;
    private readonly SqliteStatement _status;

    public ProducerTable(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _ensure = _statements.Prepare("INSERT INTO producer (producer) VALUES ($1) ON CONFLICT DO NOTHING");
        _register = _statements.Prepare("""
            UPDATE producer SET key_id = $2, public_key = $3, registered_index = $4, display_name = $5
            WHERE producer = $1 AND registered_index IS NULL
            """);
        _add = _statements.Prepare("""
            UPDATE producer SET last_seen = $2, epoch = max(epoch, $3), records = records + $4, conflicts = conflicts + $5
            WHERE producer = $1
            """);
        _status = _statements.Prepare("""
            UPDATE producer SET unsent_records = $2, status_time = $3, storage = $4, storage_permille = $5, configuration_entry = $6
            WHERE producer = $1 AND (status_time IS NULL OR status_time <= $3)
            """);
    }

    /// <summary>False when a key is registered already: the first one is kept for ever.</summary>
    public bool Register(ProducerRegistered registered, ulong index)
    {
        Ensure(registered.Producer);
        return _register.Run(
            registered.Producer, registered.KeyId, registered.PublicKey.Memory, index, registered.DisplayName) == 1;
    }

    public void Add(string producer, ProducerActivity activity)
    {
        Ensure(producer);
        _add.Run(producer, activity.LastSeen, (long)activity.Epoch, activity.Records, activity.Conflicts);
    }

    /// <summary>False for a status older than the one held: late data change no "latest".</summary>
    public bool TakeStatus(string producer, AgentStatus status, long agentTime)
    {
        Ensure(producer);
        return _status.Run(producer, status.UnsentRecords, agentTime, (long)status.Storage, PerMille(status.StorageUsedPercent),
            status.ConfigurationEntry) == 1;
    }

    public List<ProducerKey> ReadKeys() => _statements.Prepare("""
        SELECT producer, key_id, public_key, registered_index FROM producer WHERE registered_index IS NOT NULL
        """).Query(row => new ProducerKey(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.UInt64(3)));

    public void Dispose() => _statements.Dispose();

    // A whole number: the same bytes on every machine. What is no share is none.
    private static long PerMille(double percent) => percent is >= 0 and <= 100 ? (long)Math.Round(percent * 10) : 0;

    private void Ensure(string producer) => _ensure.Run(producer);
}
