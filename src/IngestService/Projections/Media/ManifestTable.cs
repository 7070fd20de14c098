using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Media;

internal sealed class ManifestTable : IDisposable
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _add;
    private readonly SqliteStatement _addErased;
    private readonly SqliteStatement _stored;
    private readonly SqliteStatement _quarantined;

    public ManifestTable(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _add = _statements.Prepare("""
            INSERT OR REPLACE INTO manifest (manifest_index, payload_sha256, producer, recorder, dock, officer, case_number,
                original_path, kind, size_bytes, duration, capture_start, ingested, state, sha256, important,
                clock_implausible, released_before_anchor, container, codec, previous_sha256, docking)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
            """);
        _addErased = _statements.Prepare("""
            INSERT OR REPLACE INTO manifest (manifest_index, payload_sha256, producer, recorder, dock, officer, case_number,
                original_path, kind, size_bytes, ingested, state, important, clock_implausible, released_before_anchor, container,
                codec, previous_sha256)
            VALUES ($1, x'', $2, '', '', '', '', '', 0, 0, $3, $4, 0, 0, 0, '', '', x'')
            """);
        _stored = _statements.Prepare("""
            UPDATE manifest SET state = $2, stored_index = $3, quarantine_reason = '' WHERE manifest_index = $1
            """);
        // A whole file that is here stays here: bytes that differ came with a later attempt.
        _quarantined = _statements.Prepare("""
            UPDATE manifest SET state = $2, quarantine_reason = $3 WHERE manifest_index = $1 AND state = 1
            """);
    }

    public void Add(ProjectedEntry entry, MediaManifest manifest, long? docking) => _add.Run(
        entry.Index, entry.PayloadSha256, entry.Leaf.Producer, manifest.Recorder, manifest.Dock, manifest.Officer,
        manifest.CaseNumber, manifest.OriginalPath, manifest.Kind, manifest.SizeBytes,
        SqliteColumns.ToMicros(manifest.Duration), SqliteColumns.ToMicros(manifest.Capture?.Start), entry.IngestMicros,
        MediaState.Anchored, Sha256(manifest), manifest.Important, manifest.Capture?.ClockImplausible ?? false,
        manifest.ReleasedBeforeAnchor, manifest.Container, manifest.Codec, manifest.PreviousManifestSha256.Memory, docking);

    /// <summary>What the leaf still says: that there was one, from whom and since when.</summary>
    public void AddErased(ProjectedEntry entry)
    {
        if (entry.Leaf.Type == Record.MediaManifestFieldNumber && (entry.Leaf.Flags & (LeafFlags.Conflict | LeafFlags.Quarantined)) == 0)
            _addErased.Run(entry.Index, entry.Leaf.Producer, entry.IngestMicros, MediaState.Erased);
    }

    public void Stored(MediaStored stored, ulong index) => _stored.Run(stored.ManifestIndex, MediaState.Stored, index);

    public void Quarantined(MediaQuarantined quarantined) =>
        _quarantined.Run(quarantined.ManifestIndex, MediaState.Quarantined, quarantined.Reason);

    public void Dispose() => _statements.Dispose();

    private static ReadOnlyMemory<byte>? Sha256(MediaManifest manifest)
    {
        foreach (Digest digest in manifest.Digests)
        {
            if (digest.Algorithm == "sha-256")
                return digest.Value.Memory;
        }

        return null;
    }
}
