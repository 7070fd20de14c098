using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.Mqtt.Sessions;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>
/// At start: brings back the QoS 2 packet ids of messages that are in the ledger and that the session log had not heard of when the process
/// died. A client that repeats such a message gets PUBREC, and the ledger gets no second entry.
/// </summary>
internal sealed class ReceivedRestore(ILedgerReader ledger, IProducerMarks marks, IBroker broker, TimeProvider time, ILogger<ReceivedRestore> log)
{
    private const int EntriesAtOnce = 4_096;

    public async Task RunAsync()
    {
        var from = broker.ReceivedBookmark;
        var end = ledger.DurableSize;
        // No device without identity ever sent anything: the ledger need not be read.
        if (marks.Marks(FactEnvelope.Messages.Producer, FactEnvelope.Messages.Epoch).Count > 0)
        {
            var count = 0;
            for (var at = from; at < end;)
            {
                var entries = ledger.ReadFrom(new EntryIndex(at), EntriesAtOnce);
                foreach (var entry in entries)
                    if (await RestoreAsync(entry))
                        count++;
                at = entries[^1].Index.Value + 1;
            }
            if (count > 0)
                log.ReceivedRestored(count, end - from, from);
        }
        if (end <= from)
            return;
        // A bookmark forces no flush, a heartbeat does: it is durable, behind what was restored, before a door opens.
        var marking = broker.BookmarkAsync(end);
        await broker.TickAsync(time.GetUtcNow());
        await marking;
    }

    private async ValueTask<bool> RestoreAsync(LedgerEntry entry)
    {
        if (entry.Leaf.Origin != LeafOrigin.Door || entry.Leaf.Type != Record.DeviceMessageFieldNumber || entry.IsErased)
            return false;
        var envelope = SignedEnvelope.Parser.ParseFrom(entry.Envelope.Span);
        var message = Record.Parser.ParseFrom(envelope.Payload).DeviceMessage;
        return message is { Qos: 2 }
            && await broker.RestoreReceivedAsync(message.ClientId, message.SessionNumber, (ushort)message.PacketId, entry.Index.Value + 1);
    }
}
