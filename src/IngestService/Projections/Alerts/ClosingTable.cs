using System.Buffers.Binary;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Alerts;

/// <summary>
/// Closings and the supervisor's sample of them (T2b). Who closes cannot steer the draw: it is the hash of the closing's leaf, which commits to
/// a salt that the ledger takes at random after the act has come. Whoever has the leaf can draw again.
/// </summary>
internal sealed class ClosingTable(StatementSet statements)
{
    private readonly SqliteStatement _add = statements.Prepare("""
        INSERT INTO closing (entry, alert_id, closed_at, actor_id, actor_name, reason, remark, draw, percent, in_sample)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8 < $9) ON CONFLICT DO NOTHING
        """);

    private readonly SqliteStatement _undo = statements.Prepare("""
        UPDATE closing SET undone = 1, in_sample = 1 WHERE entry = (SELECT max(entry) FROM closing WHERE alert_id = $1)
        """);

    private readonly SqliteStatement _say = statements.Prepare("""
        UPDATE closing SET word_entry = $2, agrees = $3, word = $4, supervisor_id = $5, supervisor_name = $6 WHERE entry = $1
        """);

    public void Add(ProjectedEntry entry, AlertClosed closed, int percent) => _add.Run(
        entry.Index, closed.AlertId, entry.IngestMicros, closed.Actor?.Id ?? "", closed.Actor?.Name ?? "", closed.Reason, closed.Remark,
        DrawOf(entry.LeafBytes.Span), percent);

    public void Undo(string alertId) => _undo.Run(alertId);

    public void Say(ProjectedEntry entry, AlertSampled sampled) => _say.Run(
        sampled.ClosingEntry, entry.Index, sampled.Agrees, sampled.Reason, sampled.Actor?.Id ?? "", sampled.Actor?.Name ?? "");

    /// <summary>From 0 to 99: the first four bytes of the leaf's hash, big-endian, as parts of a hundred.</summary>
    internal static int DrawOf(ReadOnlySpan<byte> leaf) =>
        (int)(BinaryPrimitives.ReadUInt32BigEndian(MerkleHashing.Leaf(leaf).ToArray()) * 100UL >> 32);
}
