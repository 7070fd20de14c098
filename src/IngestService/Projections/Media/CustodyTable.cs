using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Media;

/// <summary>
/// Custody events by stay. A recorder's stay at a station begins with RECORDER_INSERTED and is named by that entry; the events
/// and manifests that follow belong to it, so that a file's history shows its own docking and not the recorder's whole life.
/// </summary>
internal sealed class CustodyTable : IDisposable
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _docked;
    private readonly SqliteStatement _docking;
    private readonly SqliteStatement _add;

    public CustodyTable(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _docked = _statements.Prepare("INSERT OR REPLACE INTO docking VALUES ($1, $2, $3)");
        _docking = _statements.Prepare("SELECT entry_index FROM docking WHERE producer = $1 AND recorder = $2");
        _add = _statements.Prepare("INSERT OR REPLACE INTO custody VALUES ($1, $2, $3, $4, $5, $6, $7)");
    }

    public long? CurrentDocking(string producer, string recorder) => _docking.Number(producer, recorder);

    public void Add(ProjectedEntry entry, CustodyEvent custody)
    {
        string producer = entry.Leaf.Producer;
        if (custody.Kind == CustodyEventKind.RecorderInserted)
            _docked.Run(producer, custody.Recorder, entry.Index);
        object? manifest = custody.ManifestSha256.IsEmpty ? null : custody.ManifestSha256.Memory;
        _add.Run(entry.Index, SqliteColumns.ToMicros(custody.At) ?? entry.IngestMicros, custody.Kind, Text(custody),
            CurrentDocking(producer, custody.Recorder), manifest, string.Join('\n', custody.Paths));
    }

    public void Dispose() => _statements.Dispose();

    // Values only; the console words them.
    private static string Text(CustodyEvent custody)
    {
        List<string> values = [];
        if (custody.Recorder.Length > 0)
            values.Add(custody.Recorder);
        if (custody.ClockOffset is not null)
            values.Add($"{Signed(custody.ClockOffset)} ± {Seconds(custody.Uncertainty)} s");
        if (custody.PathsCount > 0)
            values.Add(custody.PathsCount.ToString(CultureInfo.InvariantCulture));
        if (custody.Paths.Count == 1)
            values.Add(custody.Paths[0]);
        if (custody.Reason.Length > 0)
            values.Add(custody.Reason);
        return string.Join(" · ", values);
    }

    private static string Signed(Google.Protobuf.WellKnownTypes.Duration offset) =>
        ((SqliteColumns.ToMicros(offset) ?? 0) / 1e6).ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);

    private static string Seconds(Google.Protobuf.WellKnownTypes.Duration? width) =>
        ((SqliteColumns.ToMicros(width) ?? 0) / 1e6).ToString("0.000", CultureInfo.InvariantCulture);
}
