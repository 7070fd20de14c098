using System.Buffers.Binary;
using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Sessions;
using EdgeEnforcement.SegmentLog;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>
/// <c>ee/v1/feed/alerts</c>: what happens to alerts, as JSON, for operators' systems. It follows the ledger and keeps a position and nothing else; a crash between
/// publishing and writing the position publishes again, and the entry's index in each message tells a repetition. Begins at the ledger's end
/// when there is no position: a new subscriber asks the desk for what was before.
/// </summary>
internal sealed class AlertFeed(ILedgerReader ledger, IBroker broker, IFileSystem files, DoorMetrics metrics, TimeProvider time, ILogger<AlertFeed> log)
    : IAsyncDisposable
{
    private const int EntriesAtOnce = 1_000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private string _path = "";
    private Task _loop = Task.CompletedTask;
    private int _disposed;
    private ulong _position;
    private ulong _written;

    public ulong Position => Volatile.Read(ref _position);

    public void Start(string path)
    {
        _path = path;
        _position = _written = DurableFile.ReadDurable(files, path) is { Length: sizeof(ulong) } bytes
            ? Math.Min(BinaryPrimitives.ReadUInt64BigEndian(bytes), ledger.DurableSize)
            : ledger.DurableSize;
        _loop = Task.Run(() => RunAsync(_stop.Token));
    }

    /// <summary>By the door's step first, by the container again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                WritePosition();
                while (true)
                {
                    await ledger.WaitBeyondAsync(_position, cancellation);
                    if (await PublishAsync(cancellation) == 0 && ledger.DurableSize - _position < EntriesAtOnce)
                        await Task.Delay(ProjectionPump.NothingForUs, time, cancellation);
                }
            }
            catch (OperationCanceledException)
            {
                return; // shutdown: what was published since the position was written is published again
            }
            catch (Exception e) when (e is BrokerStoppedException or LedgerFatalException)
            {
                return; // the host stops for it
            }
            catch (Exception e)
            {
                log.FeedFailed(e, _position);
            }
            try
            {
                await Task.Delay(RetryAfter, time, cancellation);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// How many.
    private async Task<int> PublishAsync(CancellationToken cancellation)
    {
        var entries = ledger.ReadFrom(new EntryIndex(_position), EntriesAtOnce);
        var publishing = new List<Task>();
        foreach (var stored in entries)
        {
            if (EntryDecoder.HasWanted(stored, IsWanted) && EntryDecoder.Decode(stored, IsWanted) is { Record: { } record } entry)
                publishing.Add(PublishAsync(Message(entry, record), cancellation));
        }
        await Task.WhenAll(publishing);
        metrics.AlertsPublished(publishing.Count);
        Volatile.Write(ref _position, entries[^1].Index.Value + 1);
        // A position that stays behind costs reading only, unless something was published.
        if (publishing.Count > 0 || _position - _written > 100 * EntriesAtOnce)
            WritePosition();
        return publishing.Count;
    }

    private async Task PublishAsync(ApplicationMessage message, CancellationToken cancellation)
    {
        // A subscriber's queue is full: the others wait with it, for nothing of this feed is left out.
        while ((await broker.PublishAsync(null, message, 0, cancellation)).Reason == ReasonCode.QuotaExceeded)
            await Task.Delay(RetryAfter, time, cancellation);
    }

    private void WritePosition()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _position);
        DurableFile.Replace(files, _path, bytes);
        _written = _position;
    }

    private static bool IsWanted(Record.BodyOneofCase body) => body is Record.BodyOneofCase.AlertOpened or Record.BodyOneofCase.AlertUpdated
        or Record.BodyOneofCase.AlertAcknowledged or Record.BodyOneofCase.AlertClosed or Record.BodyOneofCase.AlertReopened
        or Record.BodyOneofCase.AlertOverdue or Record.BodyOneofCase.AlertSampled;

    private static ApplicationMessage Message(ProjectedEntry entry, Record record)
    {
        var (what, fact) = record switch
        {
            { AlertOpened: { } opened } => ("opened", (IMessage)opened),
            { AlertUpdated: { } updated } => ("updated", updated),
            { AlertAcknowledged: { } acknowledged } => ("acknowledged", acknowledged),
            { AlertClosed: { } closed } => ("closed", closed),
            { AlertReopened: { } reopened } => ("reopened", reopened),
            { AlertOverdue: { } overdue } => ("overdue", overdue),
            { AlertSampled: { } sampled } => ("sampled", sampled),
            _ => throw new InvalidOperationException("not wanted here"),
        };
        var json = FormattableString.Invariant($"{{\"entry\":\"{entry.Index}\",\"what\":\"{what}\",\"alert\":{JsonFormatter.Default.Format(fact)}}}");
        return new ApplicationMessage
        {
            Topic = DeviceTopic.AlertFeed,
            Payload = Encoding.UTF8.GetBytes(json),
            QoS = QoS.AtLeastOnce,
            IsText = true,
            ContentType = "application/json",
        };
    }
}
