using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Clerk.Policies;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Clerk.State;

/// <summary>
/// Reads clerk.db on the writing connection, so that it sees what the open transaction has folded. Time filters here are
/// wide; the rules decide.
/// </summary>
internal sealed class ClerkLookup : IClerkLookup, IDisposable
{
    private const string CaseColumns = """
        SELECT c.case_id, c.number_key, c.officers, c.window_start, c.window_end, c.latitude, c.longitude, c.radius, c.alert_id
        FROM case_file c
        """;

    private const string ManifestColumns = """
        SELECT m.manifest_index, m.number_key, m.officer, m.capture_start, m.capture_end, m.clock_implausible, m.latitude, m.longitude
        FROM manifest m
        """;

    private readonly StatementSet _statements;
    private readonly SqliteStatement _alert;
    private readonly SqliteStatement _settled;
    private readonly SqliteStatement _case;
    private readonly SqliteStatement _casesByNumber;
    private readonly SqliteStatement _casesByOfficer;
    private readonly SqliteStatement _casesWithPlace;
    private readonly SqliteStatement _casesByAlert;
    private readonly SqliteStatement _manifest;
    private readonly SqliteStatement _manifestsByHash;
    private readonly SqliteStatement _manifestsByNumber;
    private readonly SqliteStatement _manifestsByOfficer;
    private readonly SqliteStatement _manifestsWithPlace;
    private readonly SqliteStatement _manifestsNamedBy;
    private readonly SqliteStatement _alertsNaming;
    private readonly RecomputationTables _recomputation;

    public ClerkLookup(SqliteConnection writer, RecomputationTables recomputation)
    {
        _recomputation = recomputation;
        _statements = new StatementSet(writer);
        _alert = _statements.Prepare("SELECT 1 FROM alert WHERE alert_id = $1");
        _settled = _statements.Prepare("SELECT 1 FROM settled WHERE case_id = $1 AND manifest_index = $2");
        _case = _statements.Prepare($"{CaseColumns} WHERE c.case_id = $1");
        _casesByNumber = _statements.Prepare($"{CaseColumns} WHERE c.number_key = $1");
        _casesByOfficer = _statements.Prepare($"""
            {CaseColumns} JOIN case_officer o ON o.case_id = c.case_id
            WHERE o.officer = $1 AND c.window_start <= $3 AND c.window_end >= $2
            """);
        _casesWithPlace = _statements.Prepare(
            $"{CaseColumns} WHERE c.latitude IS NOT NULL AND c.window_start <= $2 AND c.window_end >= $1");
        _casesByAlert = _statements.Prepare($"{CaseColumns} WHERE c.alert_id = $1 AND c.alert_id <> ''");
        _manifest = _statements.Prepare($"{ManifestColumns} WHERE m.manifest_index = $1");
        _manifestsByHash = _statements.Prepare($"{ManifestColumns} WHERE m.payload_sha256 = $1 ORDER BY m.manifest_index");
        _manifestsByNumber = _statements.Prepare($"{ManifestColumns} WHERE m.number_key = $1 AND m.number_key <> ''");
        _manifestsByOfficer = _statements.Prepare($"""
            {ManifestColumns} WHERE m.officer = $1 AND m.officer <> '' AND m.capture_start <= $3 AND m.capture_end >= $2
            """);
        _manifestsWithPlace = _statements.Prepare(
            $"{ManifestColumns} WHERE m.latitude IS NOT NULL AND m.capture_start <= $2 AND m.capture_end >= $1");
        _manifestsNamedBy = _statements.Prepare($"""
            {ManifestColumns} JOIN named n ON n.payload_sha256 = m.payload_sha256 WHERE n.alert_id = $1
            """);
        _alertsNaming = _statements.Prepare("""
            SELECT n.alert_id FROM manifest m JOIN named n ON n.payload_sha256 = m.payload_sha256
            WHERE m.manifest_index = $1 ORDER BY n.alert_id
            """);
    }

    public bool IsAlertOpen(string alertId) => _alert.Exists(alertId);

    public bool IsSettled(string caseId, ulong manifestIndex) => _settled.Exists(caseId, manifestIndex);

    public CaseView? Case(string caseId) => _case.QueryOne(ToCase, caseId);

    public ManifestView? Manifest(ulong index) => _manifest.QueryOne(ToManifest, index);

    public IReadOnlyList<ManifestView> ManifestsByHash(ReadOnlyMemory<byte> payloadSha256) =>
        _manifestsByHash.Query(ToManifest, payloadSha256);

    public IReadOnlyCollection<string> AlertsNaming(ulong manifestIndex) =>
        _alertsNaming.Query(row => row.GetString(0), manifestIndex);

    public IReadOnlyList<CaseView> CasesByNumber(string numberKey) => _casesByNumber.Query(ToCase, numberKey);

    public IReadOnlyList<CaseView> CasesByOfficer(string officer, TimeSpanMicros capture) =>
        _casesByOfficer.Query(ToCase, officer, capture.Start, capture.End);

    public IReadOnlyList<CaseView> CasesWithPlace(TimeSpanMicros capture) =>
        _casesWithPlace.Query(ToCase, capture.Start, capture.End);

    public IReadOnlyList<CaseView> CasesByAlert(string alertId) => _casesByAlert.Query(ToCase, alertId);

    public IReadOnlyList<ManifestView> ManifestsByNumber(string numberKey) => _manifestsByNumber.Query(ToManifest, numberKey);

    public IReadOnlyList<ManifestView> ManifestsByOfficer(string officer, TimeSpanMicros window) =>
        _manifestsByOfficer.Query(ToManifest, officer, window.Start, window.End);

    public IReadOnlyList<ManifestView> ManifestsWithPlace(TimeSpanMicros window) =>
        _manifestsWithPlace.Query(ToManifest, window.Start, window.End);

    public IReadOnlyList<ManifestView> ManifestsNamedBy(string alertId) => _manifestsNamedBy.Query(ToManifest, alertId);

    public ulong? Activation(RecordIdentity report, ReadOnlyMemory<byte> sha256) => _recomputation.Activation(report, sha256);

    public bool IsAwaited(Leaf leaf) => _recomputation.IsAwaited(leaf);

    public IReadOnlyList<ulong> WaitingForRecord(Leaf leaf) => _recomputation.WaitingForRecord(leaf);

    public IReadOnlyList<ulong> WaitingForRuleSet(string producer, ReadOnlyMemory<byte> sha256) => _recomputation.WaitingForRuleSet(producer, sha256);

    public void Dispose() => _statements.Dispose();

    private static CaseView ToCase(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2) is { Length: > 0 } officers ? officers.Split('\n') : [])
    {
        Window = row.Micros(3) is { } start && row.Micros(4) is { } end ? new TimeSpanMicros(start, end) : null,
        Place = row.IsDBNull(5) || row.IsDBNull(6) || row.IsDBNull(7)
            ? null
            : (row.GetDouble(5), row.GetDouble(6), row.GetDouble(7)),
        AlertId = row.GetString(8),
    };

    private static ManifestView ToManifest(SqliteDataReader row) => new(row.UInt64(0), row.GetString(1), row.GetString(2))
    {
        Capture = row.Micros(3) is { } start && row.Micros(4) is { } end ? new TimeSpanMicros(start, end) : null,
        ClockImplausible = row.Flag(5),
        Place = row.IsDBNull(6) || row.IsDBNull(7) ? null : (row.GetDouble(6), row.GetDouble(7)),
    };
}
