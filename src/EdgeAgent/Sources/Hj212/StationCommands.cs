using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Host;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212;

/// What other parts of the agent may ask of a station.
internal sealed class StationCommands(StationDirectory stations)
{
    /// There is a link to ask over.
    public bool CanAsk(string mn) => stations.TryGet(mn)?.Newest is not null;

    /// Has the station keep a sample (CN 3015, 超标留样). The exchange is recorded with its outcome, the sample kept with its bottle as an event.
    /// <param name="reason">"exceedance of RULE, episode ID"; stands in the record.</param>
    /// <param name="expires">After this it is not sent any more.</param>
    /// <returns>The exchange, when it is recorded. Null: the station is not connected, or has too much to answer already; nothing was asked.</returns>
    public Task<DeviceExchange>? TryKeepSample(string mn, string reason, DateTimeOffset expires)
    {
        if (stations.TryGet(mn) is not { Newest: { } link } station)
            return null;
        var command = HostCommand.KeepSample(station, reason, expires);
        return link.TryPost(command) ? command.Done : null;
    }
}
