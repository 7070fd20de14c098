using System.Threading.Channels;
using EdgeEnforcement.EdgeAgent.Sources.Framing;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Host;

/// What is to be asked over one link, one request at a time. Its loop begins with the first request: most links never have one.
internal sealed class CommandQueue(DeviceLink link, Hj212Parts parts) : IDisposable
{
    private const int MostWaiting = 64;

    private readonly Channel<HostCommand> _waiting = Channel.CreateBounded<HostCommand>(MostWaiting);
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _starting = new();
    private Task? _running;
    private HostExchange? _active;

    public string Remote => link.Remote;

    /// The exchange that waits for answers; null: none.
    public HostExchange? Active => Volatile.Read(ref _active);

    /// False: the link has ended, or too much waits already. The command is then not asked and nothing is recorded of it.
    public bool TryPost(HostCommand command)
    {
        lock (_starting)
        {
            if (!_waiting.Writer.TryWrite(command))
                return false;
            _running ??= RunAsync();
            return true;
        }
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        await foreach (var command in _waiting.Reader.ReadAllAsync())
        {
            var exchange = new HostExchange(command, link, parts.Options, parts.Time);
            Volatile.Write(ref _active, exchange);
            var result = await exchange.RunAsync(_ending.Token);
            Volatile.Write(ref _active, null);
            if (command.Cn == Wire.Cn.SetTime && result is { Outcome: HostExchange.Completed, ExecutionResult: 1 })
                command.Station.Clock.Forget();
            parts.Log.Exchanged(command.Station.Mn, result.Command, result.Reason, result.Outcome, result.Attempts);
            // What was asked is recorded also when the link is gone; the spool alone can prevent it, and its failure stops the agent.
            await parts.Store.AppendAsync(command.Station.Mn, result, CancellationToken.None);
            command.Complete(result);
        }
    }

    /// The link has ended: what waits ends as link-lost, what is under way too.
    public async Task EndAsync()
    {
        Task? running;
        lock (_starting)
        {
            _waiting.Writer.TryComplete();
            running = _running;
        }
        await _ending.CancelAsync();
        if (running is not null)
            await running;
    }

    public void Dispose() => _ending.Dispose();
}
