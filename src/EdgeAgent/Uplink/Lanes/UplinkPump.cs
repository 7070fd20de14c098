using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Uplink.Grpc;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink.Lanes;

/// Keeps a connection to the centre: register, new epoch if due, lanes; again after a back-off, for ever. Where there are two ways, the other
/// is tried before the wait; on the second one we stay for a while and then look at the first again. Changing ways in the middle is
/// harmless: what has no receipt is sent again, and its identity makes it the same record.
internal sealed class UplinkPump(ReportWays ways, Registration registration, EpochStep epoch, LaneSession session, UplinkPump.Context context) : IAgentLoop
{
    // A link that stood this long is stable: the next failure starts from the shortest wait again.
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(60);

    private bool _isUnknown;

    internal sealed record Context(
        CentreChannel Centre, AgentSpool Spool, PinnedLedger Pin, UplinkState State, AgentMetrics Metrics, IOptions<UplinkOptions> Options, TimeProvider Time,
        ILogger<UplinkPump> Log);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var backoff = context.Centre.NewBackoff();
        while (true)
        {
            var since = context.Time.GetTimestamp();
            try
            {
                context.Metrics.Connecting();
                await RunOnceAsync(cancellation);
                backoff.Reset();
                ways.Prefer();
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && IsTransient(e))
            {
                var isStable = context.Time.GetElapsedTime(since) >= StableAfter;
                if (isStable)
                    backoff.Reset();
                await React(e, cancellation);
                await WaitAsync(e, isStable, backoff, cancellation);
            }
        }
    }

    public static bool IsTransient(Exception e) =>
        e is RpcException or TransientFaultException or HelloRefusedException or HttpRequestException or IOException or OperationCanceledException;

    /// Returns when a new epoch is due, or it is time to look at the first way again.
    private async Task RunOnceAsync(CancellationToken cancellation)
    {
        // Registration goes by gRPC. Where records do not, it is needed once in this station's life; the pin is the proof of it.
        if (ways.Current is GrpcReport || _isUnknown || context.Pin.Current is null)
            await registration.EnsureAsync(cancellation);
        _isUnknown = false;
        await using var connection = await ways.Current.ConnectAsync(cancellation);
        await epoch.RunAsync(connection, cancellation);
        await session.RunAsync(connection, ways.IsPreferred ? Timeout.InfiniteTimeSpan : context.Options.Value.ReturnAfter, cancellation);
    }

    private async Task WaitAsync(Exception e, bool isStable, Backoff backoff, CancellationToken cancellation)
    {
        var reason = e is RpcException rpc ? $"{rpc.StatusCode}: {rpc.Status.Detail}" : e.Message;
        context.State.Set("not connected: " + reason);
        var failed = ways.Current.Name;
        // One that stood and broke is tried again first; one that did not come about leaves the turn to the other.
        if (isStable)
            ways.Prefer();
        else if (ways.TryOther())
        {
            context.Log.OtherWay(failed, reason, ways.Current.Name);
            return;
        }
        var wait = backoff.Next();
        context.Log.Disconnected(reason, wait.TotalSeconds);
        await Task.Delay(wait, context.Time, cancellation);
    }

    private async Task React(Exception e, CancellationToken cancellation)
    {
        if (e is RpcException { StatusCode: StatusCode.Unauthenticated } or HelloRefusedException { IsUnknownProducer: true })
        {
            registration.Forget();
            _isUnknown = true;
        }
        // "Epoch below the highest known": somebody else numbers under our name, or we came back from a copy.
        else if (e is RpcException { StatusCode: StatusCode.FailedPrecondition } or HelloRefusedException { IsStaleEpoch: true })
            await context.Spool.RequestRolloverAsync("sequence state lost", cancellation);
    }
}
