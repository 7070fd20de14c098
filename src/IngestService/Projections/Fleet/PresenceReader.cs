using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

internal sealed class PresenceReader(SqliteFile file) : IPresenceQueries, IPresenceMemory
{
    public IReadOnlyList<(ulong Position, PresenceRow Row)> List(ulong before, int count, IReadOnlyCollection<PresenceState> states)
    {
        // Enum numbers from a bounded list: nothing of the caller's text gets into the statement.
        string filter = states.Count == 0 ? "state <> 0" : $"state IN ({string.Join(',', states.Select(state => (int)state))})";
        using SqliteReadLease lease = file.Rent();
        return lease.Query(
            $"""
            SELECT changed, client_id, state, reason, since, last_heard, keep_alive, gateway, session, episode_id, will
            FROM presence WHERE changed < $1 AND {filter} ORDER BY changed DESC LIMIT $2
            """,
            row => (row.UInt64(0), ToRow(row)), before, count);
    }

    public PresenceCounts Count()
    {
        using SqliteReadLease lease = file.Rent();
        PresenceCounts counts = new();
        foreach ((PresenceState state, bool left, uint count) in lease.Query(
            "SELECT state, reason = $1, count(*) FROM presence GROUP BY 1, 2",
            row => ((PresenceState)row.GetInt32(0), row.Flag(1), row.UInt32(2)), PresenceReason.Left))
        {
            switch (state)
            {
                case PresenceState.Connected: counts.Connected += count; break;
                case PresenceState.Suspect: counts.Suspect += count; break;
                case PresenceState.Offline when left: counts.Left += count; break;
                case PresenceState.Offline: counts.Lost += count; break;
                case PresenceState.Unspecified: break; // named by an episode, its change is still to come
            }
        }

        return counts;
    }

    public PresenceMemory Remember()
    {
        using SqliteReadLease lease = file.Rent();
        return new PresenceMemory(
            lease.Query(
                "SELECT client_id, state, reason, since, keep_alive, session, gateway, episode_id FROM presence WHERE state <> 0 ORDER BY client_id",
                row => new KnownDevice(
                    row.GetString(0), (PresenceState)row.GetInt32(1), (PresenceReason)row.GetInt32(2), (row.Micros(3) ?? 0) / 1000, row.GetInt32(4),
                    row.UInt64(5), row.GetString(6), row.GetString(7))),
            lease.Query(
                "SELECT episode_id, scope, subject, start, count FROM presence_episode ORDER BY episode_id",
                row => new KnownEpisode(row.GetString(0), (PresenceScope)row.GetInt32(1), row.GetString(2), row.GetInt64(3) / 1000, row.GetInt32(4))));
    }

    private static PresenceRow ToRow(SqliteDataReader row) => new()
    {
        ClientId = row.GetString(1),
        State = (PresenceState)row.GetInt32(2),
        Reason = (PresenceReason)row.GetInt32(3),
        Since = row.Time(4),
        LastHeard = row.Time(5),
        KeepAliveSeconds = row.UInt32(6),
        Gateway = row.GetString(7),
        SessionNumber = row.UInt64(8),
        EpisodeId = row.GetString(9),
        Will = row.IsDBNull(10) ? null : DeviceWill.Parser.ParseFrom(row.Bytes(10)),
        EntryIndex = row.UInt64(0) >> 16,
    };
}
