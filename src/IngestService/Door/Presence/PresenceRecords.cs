using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>A batch as envelopes (docs/formats/device-presence.md): several where one would be too large, episodes before changes.</summary>
internal static class PresenceRecords
{
    // A thousand devices with a will, five thousand without: one entry stays well within one read of the clerk.
    private const int LargestBodyBytes = 384 * 1024;

    // Tag and length of a part.
    private const int AroundBytes = 8;

    // Of an episode's names: 64 bytes each at most.
    private const int NamesAtOnce = 4_000;

    public static IReadOnlyList<DevicePresence> Of(PresenceBatch batch)
    {
        var records = new List<DevicePresence>();
        var size = LargestBodyBytes; // the first word begins a record
        if (batch.IsRestart)
            Room(0).Restarted = true;
        foreach (var word in batch.Episodes.SelectMany(Split))
            Room(word.CalculateSize()).Episodes.Add(word);
        foreach (var change in batch.Changes)
            Room(change.CalculateSize()).Changes.Add(change);
        return records;

        DevicePresence Room(int bytes)
        {
            bytes += AroundBytes;
            size += bytes;
            if (size >= LargestBodyBytes)
            {
                records.Add(new DevicePresence { At = PresenceWords.At(batch.At) });
                size = bytes;
            }
            return records[^1];
        }
    }

    /// <summary>The number is left open; <paramref name="sequenceOffset"/> says where.</summary>
    public static byte[] Seal(DevicePresence presence, out int sequenceOffset)
    {
        byte[] payload = [.. DoorIdentity.Bytes, .. new Record { Sensitivity = Sensitivity.Internal, DevicePresence = presence }.ToByteArray()];
        byte[] envelope = new SignedEnvelope { PayloadType = PayloadTypes.Record, Payload = UnsafeByteOperations.UnsafeWrap(payload) }.ToByteArray();
        sequenceOffset = envelope.Length - payload.Length + DoorIdentity.SequenceOffset; // the payload is the last field: there are no signatures
        return envelope;
    }

    /// The second word about the names that are too many for one is an update.
    private static IEnumerable<PresenceEpisode> Split(PresenceEpisode word)
    {
        if (word.Devices.Count <= NamesAtOnce)
            return [word];
        return word.Devices.Chunk(NamesAtOnce).Select((names, part) =>
        {
            var piece = word.Clone();
            piece.Devices.Clear();
            piece.Devices.AddRange(names);
            if (part > 0)
                piece.Phase = EpisodePhase.Updated;
            return piece;
        });
    }
}
