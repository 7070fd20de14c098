using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Influx;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// Ledger to Influx: a follower with a cursor of its own, beside the tables. While the server is away it stands still and the ledger goes on; its
/// back-pressure reaches nobody, because what it has not sent yet is on disk already.
/// </summary>
internal sealed class InfluxPump : IAsyncDisposable
{
    private const int EntriesPerPage = 2_000;
    private const int BytesPerRequest = 4 << 20;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ILedgerReader _ledger;
    private readonly InfluxParts _parts;
    private readonly InfluxDelivery _delivery;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly LineProtocolFormatter _lines = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    // The last entry whose lines are in the buffer or sent; the loop's own.
    private LedgerEntry? _taken;

    public InfluxPump(ILedgerReader ledger, InfluxParts parts, ILogger<InfluxPump> log, TimeProvider time)
    {
        _ledger = ledger;
        _parts = parts;
        _log = log;
        _time = time;
        _delivery = new InfluxDelivery(parts.Client, parts.Quarantine, parts.Options, log, time);
    }

    public ProjectionCursor Cursor { get; } = new("influx");

    public InfluxDelivery Delivery => _delivery;

    /// <summary>Readings that have no time Influx could take, since the start.</summary>
    public long Odd { get; private set; }

    public Task StartAsync(CancellationToken cancellation)
    {
        Cursor.MoveTo(_parts.Cursor.Read(_ledger));
        _log.InfluxFollowing(_parts.Client.Target, Cursor.Position);
        _loop = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stop.CancelAsync();
        await _loop;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                try
                {
                    await FollowAsync(_stop.Token);
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    _log.InfluxPumpFailed(Cursor.Position, fault);
                    await Task.Delay(RetryAfter, _time, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Shutdown: what was sent and not noted is sent again.
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        _lines.Clear();
        _taken = null;
        while (true)
        {
            await _ledger.WaitBeyondAsync(Cursor.Position, cancellation);
            foreach (LedgerEntry entry in _ledger.ReadFrom(new EntryIndex(Cursor.Position), EntriesPerPage).ToArray())
                await TakeAsync(entry, cancellation);
            await FlushAsync(cancellation);
        }
    }

    private async Task TakeAsync(LedgerEntry entry, CancellationToken cancellation)
    {
        ProjectedEntry projected = EntryDecoder.Decode(entry, type => type is Record.BodyOneofCase.ReadingBatch or Record.BodyOneofCase.Erased);
        if (projected.Record?.Erased is { } erased)
        {
            await FlushAsync(cancellation);
            await new InfluxErasure(_parts, _delivery, _log).ApplyAsync(entry.Index.Value, erased, cancellation);
        }
        else if (projected.Record?.ReadingBatch is { } batch)
            Odd += InfluxLines.Write(_lines, projected, batch);
        _taken = entry;
        if (_lines.Lines >= _parts.Options.BatchPoints || _lines.Length >= BytesPerRequest)
            await FlushAsync(cancellation);
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        if (_lines.Lines > 0)
            await _delivery.DeliverAsync(_lines.Bytes, cancellation);
        _lines.Clear();
        if (_taken is not { } last)
            return;
        _taken = null;
        _parts.Cursor.Write(last.Index.Value + 1, last.LeafBytes);
        Cursor.MoveTo(last.Index.Value + 1);
    }
}
