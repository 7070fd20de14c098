using EdgeEnforcement.EdgeAgent.Sources.Hj212.Host;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212;

/// What other parts of the agent may ask of a station.
internal sealed class StationCommands(StationDirectory stations, TimeProvider time)
{
    // A sample taken later than this shows other water.
    private static readonly TimeSpan SampleIsWorthIt = TimeSpan.FromMinutes(10);

    /// Has the station keep a sample (CN 3015, 超标留样). The exchange is recorded with its outcome, the sample kept with its bottle as an event.
    /// <param name="reason">"exceedance of RULE"; stands in the record.</param>
    /// <returns>False: the station is not connected, or has too much to answer already; nothing was asked.</returns>
    public bool TryKeepSample(string mn, string reason) =>
        stations.TryGet(mn) is { Newest: { } link } station
        && link.TryPost(HostCommand.KeepSample(station, reason, time.GetUtcNow() + SampleIsWorthIt));
}
