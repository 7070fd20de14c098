using System.Text.Json;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Recall;

/// Until when, and with which gaps, the spool holds each station's periods. Read from the spool with a cursor of its own; cursor and coverage
/// are saved as one file, so a crash in between reads some records again and that changes nothing. Owned by GapPump's loop.
///
///   hj212-coverage.json: { "Epoch": 1, "Sequence": 4711, "Stations": { MN: { "Minute": [ [begin, end], ... ] } } }, times in UTC ticks,
///   then the file's own SHA-256 (SealedFile).
internal sealed class CoverageBook(AgentSpool spool, IFileSystem files, AgentPaths paths, ILogger<CoverageBook> log)
{
    private sealed record Saved(uint Epoch, ulong Sequence, Dictionary<string, Dictionary<ReadingKind, List<long[]>>> Stations);

    private readonly string _path = Path.Combine(paths.Root, "hj212-coverage.json");
    private readonly Dictionary<(string Mn, ReadingKind Kind), PeriodCoverage> _coverage = [];
    private SpoolCursor _cursor;
    private bool _isChanged;

    public PeriodCoverage? Find(string mn, ReadingKind kind) => _coverage.GetValueOrDefault((mn, kind));

    public void Open()
    {
        try
        {
            if (SealedFile.ReadDurable(files, _path) is not { } bytes || JsonSerializer.Deserialize<Saved>(bytes) is not { } saved)
                return;
            _cursor = new SpoolCursor(saved.Epoch, saved.Sequence);
            foreach (var (mn, kinds) in saved.Stations)
                foreach (var (kind, rows) in kinds)
                    _coverage[(mn, kind)] = new PeriodCoverage(rows.Select(r => new Stretch(new(r[0], TimeSpan.Zero), new(r[1], TimeSpan.Zero))));
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or ArgumentException or IndexOutOfRangeException)
        {
            log.CoverageDamaged(e.Message);
            _coverage.Clear();
            _cursor = default;
        }
    }

    /// Reads what the spool has had since, and saves if that, or the horizon, changed anything.
    public void Update(DateTimeOffset horizon)
    {
        foreach (var (cursor, record) in SpoolCursor.ReadAfter(spool, RecordClass.P2, _cursor))
        {
            _cursor = cursor;
            if (record.BodyCase == Record.BodyOneofCase.ReadingBatch)
                Apply(record.SourceDevice, record.ReadingBatch);
        }
        if (!_isChanged)
            return;
        foreach (var coverage in _coverage.Values)
            coverage.Trim(horizon);
        Save();
        _isChanged = false;
    }

    private void Apply(string mn, ReadingBatch batch)
    {
        foreach (var reading in batch.Readings)
        {
            var kind = reading.Kind == ReadingKind.Recalled ? reading.RecalledKind : reading.Kind;
            if (kind is not (ReadingKind.Minute or ReadingKind.Hour or ReadingKind.Day) || reading.PeriodEnd is null)
                continue;
            if (!_coverage.TryGetValue((mn, kind), out var coverage))
                _coverage.Add((mn, kind), coverage = new PeriodCoverage());
            _isChanged |= coverage.Add(new Stretch(reading.ObservedAt.ToDateTimeOffset(), reading.PeriodEnd.ToDateTimeOffset()));
        }
    }

    private void Save()
    {
        var stations = _coverage.GroupBy(p => p.Key.Mn, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            g => g.ToDictionary(p => p.Key.Kind, p => p.Value.Stretches.Select(s => new[] { s.Begin.UtcTicks, s.End.UtcTicks }).ToList()));
        SealedFile.Write(files, _path, JsonSerializer.SerializeToUtf8Bytes(new Saved(_cursor.Epoch, _cursor.Sequence, stations)));
    }
}
