using EdgeEnforcement.EdgeAgent.Sources.Dock;
using EdgeEnforcement.EdgeAgent.Spool;
using Grpc.Core;

namespace EdgeEnforcement.EdgeAgent.Hosting;

/// Starts the station and holds its loops. Any loop that ends by itself, and any failure of the disk, stops the host.
internal sealed class AgentRuntime(
    StationStartup startup, AgentSpool spool, ReceiptStore receipts, IEnumerable<IAgentLoop> loops,
    IHostApplicationLifetime lifetime, ILogger<AgentRuntime> log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    /// Set when the agent had to stop by itself.
    public int ExitCode { get; private set; }

    /// Of the loop that ended by itself; null where the disk failed, or nothing did.
    public Exception? LoopFailure { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await startup.OpenAsync(cancellationToken);
        _running = RunAsync(_stopping.Token);
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        var settled = SettleAsync(cancellation);
        List<Task> running = [settled, .. loops.Select(l => l.RunAsync(cancellation))];
        var disk = Task.WhenAny(spool.Failed, receipts.Failed);
        while (running.Count > 0)
        {
            var ended = await Task.WhenAny([disk, .. running]);
            if (cancellation.IsCancellationRequested)
                break;
            if (ended == settled && ended.IsCompletedSuccessfully)
            {
                running.Remove(settled);
                continue;
            }
            ExitCode = ExitCodes.Fatal;
            LoopFailure = ended == disk ? null : ended.Exception?.GetBaseException() ?? new InvalidOperationException("a loop ended");
            log.Stopped(ended == disk ? await await disk : ended.Exception);
            lifetime.StopApplication();
            break;
        }
        await EndAsync(running);
    }

    private async Task SettleAsync(CancellationToken cancellation)
    {
        await spool.Opened.WaitAsync(cancellation);
        await startup.SettleAsync(cancellation);
    }

    private async Task EndAsync(List<Task> running)
    {
        await _stopping.CancelAsync();
        foreach (var loop in running)
            try
            {
                await loop;
            }
            catch (Exception e) when (e is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled })
            {
                // Shutdown; a call that is cut by it says so in its own words.
            }
            catch (Exception e)
            {
                log.LoopFailed(e);
            }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();
}
