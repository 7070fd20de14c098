using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using Grpc.Core;

namespace EdgeEnforcement.EdgeAgent.Uplink.Grpc;

/// Keeps a connection to the centre: register, new epoch if due, lanes; again after a back-off, for ever.
internal sealed class UplinkPump(
    CentreChannel centre, Registration registration, EpochStep epoch, LaneSession session, UplinkPump.Context context) : IAgentLoop
{
    // A link that stood this long is stable: the next failure starts from the shortest wait again.
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(60);

    internal sealed record Context(AgentSpool Spool, UplinkState State, AgentMetrics Metrics, TimeProvider Time, ILogger<UplinkPump> Log);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var backoff = centre.NewBackoff();
        while (true)
        {
            var since = context.Time.GetTimestamp();
            try
            {
                context.Metrics.Connecting();
                await registration.EnsureAsync(cancellation);
                await epoch.RunAsync(cancellation);
                await session.RunAsync(cancellation);
                backoff.Reset();
                continue; // a new epoch is due
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && IsTransient(e))
            {
                if (context.Time.GetElapsedTime(since) >= StableAfter)
                    backoff.Reset();
                await React(e, cancellation);
                var wait = backoff.Next();
                var reason = e is RpcException rpc ? $"{rpc.StatusCode}: {rpc.Status.Detail}" : e.Message;
                context.State.Set("not connected: " + reason);
                context.Log.Disconnected(reason, wait.TotalSeconds);
                await Task.Delay(wait, context.Time, cancellation);
            }
        }
    }

    public static bool IsTransient(Exception e) =>
        e is RpcException or TransientFaultException or HttpRequestException or IOException or OperationCanceledException;

    private async Task React(Exception e, CancellationToken cancellation)
    {
        if (e is not RpcException rpc)
            return;
        if (rpc.StatusCode == StatusCode.Unauthenticated)
            registration.Forget();
        // "Epoch below the highest known": somebody else numbers under our name, or we came back from a copy.
        else if (rpc.StatusCode == StatusCode.FailedPrecondition)
            await context.Spool.RequestRolloverAsync("sequence state lost", cancellation);
    }
}
