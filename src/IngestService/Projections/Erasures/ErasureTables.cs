using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Erasures;

internal sealed class ErasureTables : IProjectionTables
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _request;
    private readonly SqliteStatement _move;
    private readonly SqliteStatement _step;

    public ErasureTables(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _request = _statements.Prepare("""
            INSERT INTO erasure (erasure_id, requested_index, requested_at, request, state, version) VALUES ($1, $2, $3, $4, $5, 1)
            ON CONFLICT DO NOTHING
            """);
        _move = _statements.Prepare("UPDATE erasure SET state = $2, erased_index = $3, version = version + 1 WHERE erasure_id = $1");
        _step = _statements.Prepare("INSERT OR REPLACE INTO step VALUES ($1, $2, $3, $4, $5, $6)");
    }

    public void Apply(ProjectedEntry entry)
    {
        switch (entry.Record)
        {
            case { ErasureRequested: { } requested }:
                _request.Run(requested.ErasureId, entry.Index, entry.IngestMicros,
                    (ReadOnlyMemory<byte>)requested.ToByteArray(), ErasureState.Requested);
                Step(entry, requested.ErasureId, "erasure_requested", requested.Actor, $"{requested.Article} · {requested.Reason}");
                break;
            case { ErasureApproved: { } approved }:
                _move.Run(approved.ErasureId, ErasureState.ApprovedOnce, 0L);
                Step(entry, approved.ErasureId, "erasure_approved", approved.Actor, "");
                break;
            case { ErasureWithdrawn: { } withdrawn }:
                _move.Run(withdrawn.ErasureId, ErasureState.Withdrawn, 0L);
                Step(entry, withdrawn.ErasureId, "erasure_withdrawn", withdrawn.Actor, withdrawn.Reason);
                break;
            case { Erased: { } erased }:
                _move.Run(erased.ErasureId, ErasureState.Erased, entry.Index);
                Step(entry, erased.ErasureId, "erased", erased.Approvers.LastOrDefault() ?? new Actor(), "");
                break;
        }
    }

    public void EndBatch()
    {
        // Every row is written as it comes.
    }

    public void Dispose() => _statements.Dispose();

    private void Step(ProjectedEntry entry, string erasureId, string kind, Actor? actor, string text) =>
        _step.Run(erasureId, entry.Index, entry.IngestMicros, kind, (ReadOnlyMemory<byte>)(actor ?? new Actor()).ToByteArray(), text);
}
