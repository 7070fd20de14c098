using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

/// <summary>Who is connected. Entries of the door stand in the order in which it decided, so the last word about a device counts.</summary>
internal sealed class PresenceTable : IDisposable
{
    // An entry has room for some ten thousand changes.
    private const int PlacesPerEntry = 1 << 16;

    private readonly StatementSet _statements;
    private readonly SqliteStatement _restart;
    private readonly SqliteStatement _put;
    private readonly SqliteStatement _name;
    private readonly SqliteStatement _open;
    private readonly SqliteStatement _close;
    private readonly SqliteStatement _release;

    public PresenceTable(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _restart = _statements.Prepare("UPDATE presence SET state = $1, reason = $2, since = $3 WHERE state IN ($1, $4)");
        _put = _statements.Prepare("""
            INSERT INTO presence (client_id, state, reason, since, last_heard, keep_alive, session, gateway, will, changed)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (client_id) DO UPDATE SET state = $2, reason = $3, since = $4, last_heard = ifnull($5, last_heard), keep_alive = $6,
                session = $7, gateway = $8, will = ifnull($9, will), changed = $10, episode_id = CASE WHEN $11 THEN episode_id ELSE '' END
            """);
        // Episodes come before the changes of their tick, and may name a device of which that is the first word.
        _name = _statements.Prepare("""
            INSERT INTO presence (client_id, episode_id) VALUES ($1, $2) ON CONFLICT (client_id) DO UPDATE SET episode_id = $2
            """);
        _open = _statements.Prepare("""
            INSERT INTO presence_episode VALUES ($1, $2, $3, $4, $5) ON CONFLICT (episode_id) DO UPDATE SET count = max(count, $5)
            """);
        _close = _statements.Prepare("DELETE FROM presence_episode WHERE episode_id = $1");
        _release = _statements.Prepare("UPDATE presence SET episode_id = '' WHERE episode_id = $1 AND episode_id <> ''");
    }

    public void Apply(ProjectedEntry entry, DevicePresence presence)
    {
        if (presence.Restarted)
            _restart.Run(PresenceState.Suspect, PresenceReason.Restarted, SqliteColumns.ToMicros(presence.At), PresenceState.Connected);
        foreach (PresenceEpisode episode in presence.Episodes)
            Apply(episode);
        for (int i = 0; i < presence.Changes.Count; i++)
            Apply(presence.Changes[i], (entry.Index * PlacesPerEntry) + (ulong)i);
    }

    public void Dispose() => _statements.Dispose();

    private void Apply(PresenceEpisode episode)
    {
        if (episode.Phase == EpisodePhase.Cleared)
        {
            _close.Run(episode.EpisodeId);
            _release.Run(episode.EpisodeId);
            return;
        }
        _open.Run(episode.EpisodeId, episode.Scope, episode.Subject, SqliteColumns.ToMicros(episode.Start) ?? 0, (long)episode.Count);
        foreach (string device in episode.Devices)
            _name.Run(device, episode.EpisodeId);
    }

    private void Apply(DevicePresenceChange change, ulong place) => _put.Run(
        change.ClientId, change.State, change.Reason, SqliteColumns.ToMicros(change.Since), SqliteColumns.ToMicros(change.LastHeard),
        (long)change.KeepAliveSeconds, change.SessionNumber, change.Gateway, change.Will?.ToByteArray(), place,
        change.State != PresenceState.Connected && change.Reason != PresenceReason.Left);
}
