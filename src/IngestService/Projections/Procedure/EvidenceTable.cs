using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>Manifests as items of evidence, and which cases hold them.</summary>
internal sealed class EvidenceTable(StatementSet statements)
{
    private readonly SqliteStatement _add = statements.Prepare("INSERT OR REPLACE INTO evidence_manifest VALUES ($1, $2, $3)");
    private readonly SqliteStatement _update = statements.Prepare("UPDATE evidence_manifest SET body = $2 WHERE manifest_index = $1");
    private readonly SqliteStatement _find = statements.Prepare("SELECT body FROM evidence_manifest WHERE manifest_index = $1");
    private readonly SqliteStatement _attach = statements.Prepare("INSERT OR IGNORE INTO evidence_case VALUES ($1, $2)");
    private readonly SqliteStatement _detach = statements.Prepare("DELETE FROM evidence_case WHERE manifest_index = $1 AND case_id = $2");
    private readonly SqliteStatement _cases = statements.Prepare("SELECT case_id FROM evidence_case WHERE manifest_index = $1 ORDER BY case_id");

    public static string KeyOf(ulong manifestIndex) => $"media/{manifestIndex.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    public void Add(ProjectedEntry entry, MediaManifest manifest)
    {
        EvidenceSource source = new()
        {
            Key = KeyOf(entry.Index),
            EntryIndex = entry.Index,
            DeviceId = manifest.Recorder,
            CapturedAt = manifest.Capture?.Start,
            CapturedUntil = manifest.Capture?.End ?? End(manifest),
            Sha256 = manifest.Digests.FirstOrDefault(digest => digest.Algorithm == "sha-256")?.Value ?? ByteString.Empty,
            Uploader = manifest.Officer,
            Title = manifest.OriginalPath,
        };
        _add.Run(entry.Index, entry.PayloadSha256, (ReadOnlyMemory<byte>)source.ToByteArray());
    }

    /// <summary>Of a manifest that was lawfully deleted only its place is known.</summary>
    public EvidenceSource Find(ulong manifestIndex) => _find.QueryOne(row => EvidenceSource.Parser.ParseFrom(row.GetFieldValue<byte[]>(0)), manifestIndex)
        ?? new EvidenceSource { Key = KeyOf(manifestIndex), EntryIndex = manifestIndex };

    /// <summary>The stored bytes had the manifest's hash when last read, or had it not.</summary>
    public void Verified(ulong manifestIndex, bool holds)
    {
        if (_find.QueryOne(row => EvidenceSource.Parser.ParseFrom(row.GetFieldValue<byte[]>(0)), manifestIndex) is not { } source)
            return;
        source.Verified = holds;
        _update.Run(manifestIndex, (ReadOnlyMemory<byte>)source.ToByteArray());
    }

    public void Attach(ulong manifestIndex, string caseId) => _attach.Run(manifestIndex, caseId);

    public void Detach(ulong manifestIndex, string caseId) => _detach.Run(manifestIndex, caseId);

    public IReadOnlyList<string> CasesOf(ulong manifestIndex) => _cases.Query(row => row.GetString(0), manifestIndex);

    private static Google.Protobuf.WellKnownTypes.Timestamp? End(MediaManifest manifest) =>
        Micros.Of(manifest.Capture?.Start) is { } start && manifest.Duration is { } duration
            ? Micros.ToTimestamp(start + duration.Seconds * 1_000_000 + duration.Nanos / 1000) : null;
}
