using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink.Lanes;

/// Asks the service for a new epoch and opens it. The old one is drained first, so that none of its records meets a closed door.
internal sealed class EpochStep(AgentSpool spool, LaneSession session, IOptions<AgentOptions> options)
{
    public async Task RunAsync(IReportConnection connection, CancellationToken cancellation)
    {
        if (!spool.NeedsEpoch || !session.IsDrained())
            return;
        using var lane = await Lane.OpenAsync(
            connection,
            new Hello
            {
                Producer = options.Value.Producer,
                Epoch = spool.State?.Epoch ?? 0,
                NewEpoch = true,
                Lane = "live",
                AgentVersion = AgentVersion.Text,
            },
            cancellation);
        await spool.OpenEpochAsync(lane.Answer.Epoch, session.IsDrained, cancellation);
    }
}
