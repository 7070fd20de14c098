using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Erasures;

internal sealed class ErasureReader(SqliteFile file) : IErasureQueries
{
    private const string Columns = "SELECT requested_index, requested_at, request, state, version, erased_index FROM erasure";

    private static readonly string[] Approvals = ["erasure_approved", "erased"];

    public IReadOnlyList<(ulong Position, ErasureRow Row)> List(ulong before, int count)
    {
        using SqliteReadLease lease = file.Rent();
        List<Stored> found = lease.Query($"{Columns} WHERE requested_index < $1 ORDER BY requested_index DESC LIMIT $2", ToStored, before, count);
        return [.. found.Select(stored => (stored.Index, ToRow(stored, Steps(lease, stored.Request.ErasureId))))];
    }

    public ErasureDetail? Find(string erasureId)
    {
        using SqliteReadLease lease = file.Rent();
        if (lease.QueryOne($"{Columns} WHERE erasure_id = $1", ToStored, erasureId) is not { } stored)
            return null;
        List<(TimelineItem Item, Actor Actor)> steps = Steps(lease, erasureId);
        ErasureDetail detail = new() { Row = ToRow(stored, steps) };
        detail.Requested.AddRange(stored.Request.Requested);
        detail.Items.AddRange(stored.Request.Items);
        detail.Remaining.AddRange(stored.Request.Remaining);
        detail.Timeline.AddRange(steps.Select(step => step.Item));
        return detail;
    }

    public ErasureSnapshot? Snapshot(string erasureId)
    {
        using SqliteReadLease lease = file.Rent();
        if (lease.QueryOne($"{Columns} WHERE erasure_id = $1", ToStored, erasureId) is not { } stored)
            return null;
        Actor? approver = Steps(lease, erasureId).Where(step => step.Item.Kind == Approvals[0]).Select(step => step.Actor).FirstOrDefault();
        return new ErasureSnapshot(stored.Request, stored.Index, stored.State, stored.Version, approver);
    }

    private static List<(TimelineItem Item, Actor Actor)> Steps(SqliteReadLease lease, string erasureId) => lease.Query(
        "SELECT entry_index, at, kind, actor, text FROM step WHERE erasure_id = $1 ORDER BY entry_index",
        row =>
        {
            Actor actor = Actor.Parser.ParseFrom(row.GetFieldValue<byte[]>(3));
            TimelineItem item = new()
            {
                EntryIndex = row.UInt64(0), At = row.Time(1), Kind = row.GetString(2), Actor = actor.Name, Text = row.GetString(4),
            };
            return (item, actor);
        }, erasureId);

    private static Stored ToStored(SqliteDataReader row) => new(
        row.UInt64(0), row.GetInt64(1), ErasureRequested.Parser.ParseFrom(row.GetFieldValue<byte[]>(2)), (ErasureState)row.GetInt32(3),
        row.UInt64(4), row.UInt64(5));

    private static ErasureRow ToRow(Stored stored, List<(TimelineItem Item, Actor Actor)> steps)
    {
        ErasureRow row = new()
        {
            ErasureId = stored.Request.ErasureId,
            State = stored.State,
            Version = stored.Version,
            Reason = stored.Request.Reason,
            Article = stored.Request.Article,
            Requester = stored.Request.Actor,
            RequestedAt = SqliteColumns.ToTimestamp(stored.At),
            EntryCount = (uint)stored.Request.Items.Count,
            ErasedIndex = stored.ErasedIndex,
        };
        row.Approvers.AddRange(steps.Where(step => Approvals.Contains(step.Item.Kind)).Select(step => step.Actor));
        return row;
    }

    private sealed record Stored(ulong Index, long At, ErasureRequested Request, ErasureState State, ulong Version, ulong ErasedIndex);
}
