using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Spool;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Storing;

/// Puts what stations said into the spool. On return it is durable. A full station makes the source wait: its device is not answered, keeps
/// what it has, and TCP tells it so.
internal sealed class Hj212Store(AgentSpool spool, TimeProvider time, ILogger<Hj212Store> log)
{
    private static readonly TimeSpan PauseWhileFull = TimeSpan.FromSeconds(5);

    /// Tamper, replacement and identity are not shed with readings.
    private static readonly DeviceEventKind[] Urgent =
        [DeviceEventKind.InstrumentReplaced, DeviceEventKind.BoxDoor, DeviceEventKind.Moved, DeviceEventKind.Identity];

    public Task AppendAsync(string mn, DeviceTime? deviceTime, ReadingBatch batch, CancellationToken cancellation) =>
        AppendAsync(RecordClass.P2, new Record { SourceDevice = mn, Time = deviceTime, ReadingBatch = batch }, cancellation);

    public Task AppendAsync(string mn, DeviceTime? deviceTime, DeviceEvent happened, CancellationToken cancellation) => AppendAsync(
        Urgent.Contains(happened.Kind) ? RecordClass.P0 : RecordClass.P2,
        new Record { SourceDevice = mn, Time = deviceTime, DeviceEvent = happened }, cancellation);

    public Task AppendAsync(string mn, DeviceExchange exchange, CancellationToken cancellation) =>
        AppendAsync(RecordClass.P2, new Record { SourceDevice = mn, DeviceExchange = exchange }, cancellation);

    private async Task AppendAsync(RecordClass recordClass, Record record, CancellationToken cancellation)
    {
        record.Sensitivity = Sensitivity.Internal;
        while (true)
            try
            {
                await spool.AppendAsync(recordClass, record, cancellation);
                return;
            }
            catch (StationFullException e)
            {
                log.StationFull(record.SourceDevice, e.Message);
                await Task.Delay(PauseWhileFull, time, cancellation);
            }
    }
}
