using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212;

/// How the HJ 212 stations stand: those on the list, and strangers that spoke. Empty while the source is off.
internal sealed class OutletStatus(StationDirectory stations, IOptions<Hj212Options> options)
{
    public IReadOnlyList<OutletSnapshot> Read() => Hj212Pump.IsOn(options.Value)
        ? [.. stations.All.OrderBy(s => s.Listed is null).ThenBy(s => s.Mn, StringComparer.Ordinal).Select(Of)]
        : [];

    private static OutletSnapshot Of(StationState station)
    {
        var (heard, newest, flags) = station.Last.Read();
        return new OutletSnapshot(
            station.Mn, station.Listed?.Name ?? "", station.Newest?.Remote ?? "", heard, newest, flags,
            station.Recall is { Running.IsCompleted: false } recall ? recall.Text : "", station.Clock.Offset?.TotalSeconds, station.Listed is not null);
    }
}
