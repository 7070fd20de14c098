using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Tracks, and how far each is rolled up.</summary>
internal sealed class TrackTable : IDisposable
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _put;
    private readonly Dictionary<(long, ReadingKind), Track> _tracks = [];
    private readonly List<Track> _touched = [];

    public TrackTable(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _put = _statements.Prepare("INSERT OR REPLACE INTO track VALUES ($1, $2, $3)");
        foreach (Track track in _statements.Prepare("SELECT station, kind, rolled FROM track")
            .Query(row => new Track(row.GetInt64(0), (ReadingKind)row.GetInt64(1)) { Rolled = row.GetInt64(2) }))
            _tracks.Add((track.Station, track.Kind), track);
    }

    public IReadOnlyList<Track> Touched => _touched;

    public IEnumerable<Track> All => _tracks.Values;

    public Track Find(long station, ReadingKind kind)
    {
        if (!_tracks.TryGetValue((station, kind), out Track? track))
            _tracks.Add((station, kind), track = new Track(station, kind));
        if (!track.IsTouched)
        {
            track.Begin();
            _touched.Add(track);
        }
        return track;
    }

    public void Flush()
    {
        foreach (Track track in _touched)
        {
            _put.Run(track.Station, (long)track.Kind, track.Rolled);
            track.End();
        }
        _touched.Clear();
    }

    public void Dispose() => _statements.Dispose();
}
