using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Door;

/// <summary>The beginning of every record the door makes: its identity, the number left open for the sequencer.</summary>
internal static class DoorIdentity
{
    private const byte LengthDelimited = 2;

    /// <summary>The record's field 1 and its message; the number is its last field, at full width.</summary>
    public static readonly byte[] Bytes = Make();

    public static int SequenceOffset => Bytes.Length - MessageDraft.SequenceBytes;

    private static byte[] Make()
    {
        byte[] known = new RecordIdentity
        {
            Producer = FactEnvelope.Messages.Producer, Epoch = FactEnvelope.Messages.Epoch, RecordClass = FactEnvelope.Messages.Class,
        }.ToByteArray();
        byte[] number = [RecordIdentity.SequenceFieldNumber << 3, .. new byte[MessageDraft.SequenceBytes]];
        return [Record.IdentityFieldNumber << 3 | LengthDelimited, (byte)(known.Length + number.Length), .. known, .. number];
    }
}
