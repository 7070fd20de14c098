using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Stations by their device name, in the order in which they were first met.</summary>
internal sealed class StationTable : IDisposable
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _put;
    private readonly Dictionary<string, StationState> _stations = new(StringComparer.Ordinal);
    private readonly Dictionary<long, StationState> _byId = [];
    private readonly List<StationState> _touched = [];

    public StationTable(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _put = _statements.Prepare("INSERT OR REPLACE INTO station VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
        foreach (StationState station in _statements.Prepare("SELECT station, device, producer, protocol, first_seen, last_seen, series, untabled FROM station")
            .Query(row => new StationState(row.GetInt64(0), row.GetString(1))
            {
                Producer = row.GetString(2), Protocol = row.GetString(3), FirstSeen = row.GetInt64(4), LastSeen = row.GetInt64(5),
                SeriesCount = row.GetInt64(6), Untabled = row.GetInt64(7),
            }))
            Keep(station);
    }

    public StationState ById(long id) => _byId[id];

    /// <summary>The station, seen now. A protocol that is not said leaves the one that is known.</summary>
    public StationState Seen(string device, string producer, string protocol, long ingestMs)
    {
        if (!_stations.TryGetValue(device, out StationState? station))
            Keep(station = new StationState(_stations.Count + 1, device) { Producer = producer, Protocol = protocol, FirstSeen = ingestMs });
        station.Producer = producer;
        station.LastSeen = Math.Max(station.LastSeen, ingestMs);
        if (protocol.Length > 0)
            station.Protocol = protocol;
        if (!station.IsTouched)
        {
            station.IsTouched = true;
            _touched.Add(station);
        }
        return station;
    }

    public void Flush()
    {
        foreach (StationState s in _touched)
        {
            _put.Run(s.Id, s.Device, s.Producer, s.Protocol, s.FirstSeen, s.LastSeen, s.SeriesCount, s.Untabled);
            s.IsTouched = false;
        }
        _touched.Clear();
    }

    public void Dispose() => _statements.Dispose();

    private void Keep(StationState station)
    {
        _stations.Add(station.Device, station);
        _byId.Add(station.Id, station);
    }
}
