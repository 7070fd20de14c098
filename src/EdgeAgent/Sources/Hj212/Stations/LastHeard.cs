using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

/// What came of a station last, for people. Its links and the start write it, `status` reads it.
internal sealed class LastHeard
{
    private const int MostFlags = 8;

    // DESIGN 4: what is further ahead is nobody's latest.
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _newest = new(StringComparer.Ordinal);
    private DateTimeOffset? _at;
    private string _flags = "";

    public void Message(DateTimeOffset at)
    {
        lock (_lock)
            _at = _at > at ? _at : at;
    }

    /// <param name="readings">Of one message, durable.</param>
    public void Readings(IReadOnlyCollection<Reading> readings, DateTimeOffset receivedAt)
    {
        if (readings.Count == 0)
            return;
        lock (_lock)
        {
            foreach (var reading in readings)
                if (reading.ObservedAt?.ToDateTimeOffset() is { } begin && begin <= receivedAt + MostAhead
                    && NameOf(reading) is { Length: > 0 } kind && !(_newest.TryGetValue(kind, out var known) && known >= begin))
                    _newest[kind] = begin;
            var odd = readings.Where(r => r.Quality is not ("" or "N")).Take(MostFlags).Select(r => $"{r.Factor}={r.Quality}");
            _flags = string.Join(' ', odd) is { Length: > 0 } flags ? flags : readings.Any(r => r.Quality.Length > 0) ? "N" : "";
        }
    }

    public (DateTimeOffset? At, IReadOnlyDictionary<string, DateTimeOffset> Newest, string Flags) Read()
    {
        lock (_lock)
            return (_at, new SortedDictionary<string, DateTimeOffset>(_newest, StringComparer.Ordinal), _flags);
    }

    private static string NameOf(Reading reading) => (reading.Kind == ReadingKind.Recalled ? reading.RecalledKind : reading.Kind) switch
    {
        ReadingKind.RealTime => "real-time",
        ReadingKind.Minute => "minute",
        ReadingKind.Hour => "hour",
        ReadingKind.Day => "day",
        _ => "",
    };
}
