using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>
/// A record of the door as finished envelope bytes but for its number: the sequencer writes it into the <see cref="SequenceBytes"/>
/// bytes at <paramref name="SequenceOffset"/> when it takes the message, so nothing is serialised on its thread.
/// </summary>
/// <param name="Type">Number of the body's field in <c>Record</c>.</param>
/// <param name="Envelope">Owned by the ledger from the call on.</param>
internal readonly record struct MessageDraft(ushort Type, byte[] Envelope, int SequenceOffset, LeafFlags Flags, IMessageSink Sink, int Token)
{
    /// <summary>A protobuf varint drawn out to its full width with continuation bits; every reader takes it. 63 bits of number.</summary>
    public const int SequenceBytes = 9;

    public static void WriteSequence(Span<byte> destination, ulong sequence)
    {
        for (var i = 0; i < SequenceBytes - 1; i++, sequence >>= 7)
            destination[i] = (byte)(sequence | 0x80);
        destination[SequenceBytes - 1] = checked((byte)sequence);
    }
}
