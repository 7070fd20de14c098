using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

/// Every MN that is on the list, and those that came without being on it: of these a bounded number is remembered, the others are
/// strangers each time they connect.
internal sealed class StationDirectory : IDisposable
{
    private const int MostUnlisted = 4096;

    private readonly Hj212Options _options;
    private readonly ConcurrentDictionary<string, StationState> _stations;
    private int _unlisted;

    public StationDirectory(IOptions<Hj212Options> options)
    {
        _options = options.Value;
        _stations = new(_options.Stations.Select(s => KeyValuePair.Create(s.Mn, new StationState(s.Mn, s, _options))), StringComparer.Ordinal);
    }

    /// P0 is kept for ever, and names cost nothing: of strangers 64 are told at once, then one a minute. Each frame is kept in any case.
    public FrameBudget Strangers { get; } = new(1 / 60.0, 64);

    public IEnumerable<StationState> Listed => _stations.Values.Where(s => s.Listed is not null);

    public IEnumerable<StationState> All => _stations.Values;

    public StationState? TryGet(string mn) => _stations.GetValueOrDefault(mn);

    public StationState Find(string mn)
    {
        if (_stations.TryGetValue(mn, out var known))
            return known;
        var stranger = new StationState(mn, listed: null, _options);
        if (Volatile.Read(ref _unlisted) >= MostUnlisted)
            return stranger;
        var found = _stations.GetOrAdd(mn, stranger);
        if (ReferenceEquals(found, stranger))
            Interlocked.Increment(ref _unlisted);
        return found;
    }

    public void Dispose()
    {
        foreach (var station in _stations.Values)
            station.Dispose();
    }
}
