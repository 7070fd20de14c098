using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;
using EdgeEnforcement.EdgeAgent.Spool;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Recall;

/// What was stored and perhaps not answered when the agent died comes again. Before a station is let in, the last records of the spool are
/// read back, so that it is known again, answered, and not stored twice.
internal static class FrameMemory
{
    /// Events of P0 are rare; among them are instruments' numbers that a station sends again.
    private const int UrgentRecords = 2048;

    /// <returns>Messages remembered, records read.</returns>
    public static (int Messages, int Records) Rebuild(AgentSpool spool, StationDirectory stations, int records)
    {
        int messages = 0, read = 0;
        foreach (var (recordClass, count) in new[] { (RecordClass.P0, Math.Min(records, UrgentRecords)), (RecordClass.P2, records) })
            foreach (var (_, record) in SpoolCursor.ReadAfter(spool, recordClass, SpoolCursor.BeforeTail(spool, recordClass, count)))
            {
                read++;
                messages += Remember(record, stations);
            }
        return (messages, read);
    }

    private static int Remember(Record record, StationDirectory stations)
    {
        var (protocol, raw, frames, isRecalled) = record.BodyCase switch
        {
            Record.BodyOneofCase.ReadingBatch => (record.ReadingBatch.Protocol, record.ReadingBatch.Raw, record.ReadingBatch.Frames,
                record.ReadingBatch.Readings.Any(r => r.Kind == ReadingKind.Recalled)),
            // What a link says of itself quotes frames that are stored elsewhere, or are none.
            Record.BodyOneofCase.DeviceEvent when record.DeviceEvent.Kind is not (DeviceEventKind.Malformed or DeviceEventKind.Identity or DeviceEventKind.Incomplete) =>
                (record.DeviceEvent.Protocol, record.DeviceEvent.Raw, record.DeviceEvent.Frames, false),
            _ => ("", null, null, false),
        };
        if (raw is null || frames is null || !protocol.StartsWith("hj212", StringComparison.Ordinal))
            return 0;
        var station = stations.Find(record.SourceDevice);
        foreach (var place in frames)
            station.Last.Message(place.ReceivedAt.ToDateTimeOffset());
        if (record.ReadingBatch is { } batch && frames.Count > 0)
            station.Last.Readings(batch.Readings, frames[^1].ReceivedAt.ToDateTimeOffset());
        var count = 0;
        foreach (var place in frames)
            if (place.Offset + (ulong)place.Length <= (ulong)raw.Length
                && Hj212Parser.TryParse(raw.Span.Slice((int)place.Offset, (int)place.Length), out var message, out _)
                && message.Mn == station.Mn)
            {
                station.Recent.Add(FrameIdentity.Of(message, isRecalled));
                if (message.IsSplit)
                    RememberPacket(station.Split, message);
                count++;
            }
        return count;
    }

    private static void RememberPacket(SplitHistory split, Hj212Message message)
    {
        var key = PacketKey.Of(message);
        var came = split.Take(key);
        came.Add(message.PacketNumber);
        split.Put(key, came);
    }
}
