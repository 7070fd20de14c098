using System.Buffers.Binary;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.SegmentLog;
using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// <summary>
/// One entry of the receipts, all numbers big-endian. Head, 24 bytes: version 1, kind, class, 0, epoch (4), sequence (8), ledger
/// index (8). Body: the message of that kind.
/// </summary>
internal static class ReceiptFormat
{
    public const int HeadBytes = 24;
    private const byte Version = 1;

    public static void WriteHead(Span<byte> head, ReceiptKind kind, RecordKey key, IMessage body)
    {
        head.Clear();
        head[0] = Version;
        head[1] = (byte)kind;
        head[2] = (byte)key.Class;
        BinaryPrimitives.WriteUInt32BigEndian(head[4..], key.Epoch);
        BinaryPrimitives.WriteUInt64BigEndian(head[8..], key.Sequence);
        BinaryPrimitives.WriteUInt64BigEndian(head[16..], LedgerIndexOf(body));
    }

    /// <exception cref="InvalidDataException">The head is of no version known here.</exception>
    public static (ReceiptKind Kind, RecordKey Key, ulong LedgerIndex) ParseHead(StoredRecord record)
    {
        var head = record.Head.Span;
        if (head.Length != HeadBytes || head[0] != Version)
            throw new InvalidDataException($"Entry {record.Index} of the receipts is of no version known here.");
        var key = new RecordKey(BinaryPrimitives.ReadUInt32BigEndian(head[4..]), (RecordClass)head[2], BinaryPrimitives.ReadUInt64BigEndian(head[8..]));
        return ((ReceiptKind)head[1], key, BinaryPrimitives.ReadUInt64BigEndian(head[16..]));
    }

    /// <summary>For who checks the log as such: an entry of a kind known here whose body is the message of that kind.</summary>
    public static bool TryParseAnswer(StoredRecord record, out ReceiptKind kind, out RecordKey key)
    {
        (kind, key) = (default, new RecordKey(0, RecordClass.Unspecified, 0));
        if (record.Head.Length != HeadBytes || record.Head.Span[0] != Version)
            return false;
        (kind, key, _) = ParseHead(record);
        try
        {
            IMessage? body = kind switch
            {
                ReceiptKind.Record or ReceiptKind.Aside => Receipt.Parser.ParseFrom(record.Body.Span),
                ReceiptKind.Refusal => Refusal.Parser.ParseFrom(record.Body.Span),
                ReceiptKind.RecordProof or ReceiptKind.MediaProof => InclusionProofAnswer.Parser.ParseFrom(record.Body.Span),
                ReceiptKind.Media => FinishAnswer.Parser.ParseFrom(record.Body.Span),
                ReceiptKind.OriginChange => OriginChangeSeen.Parser.ParseFrom(record.Body.Span),
                _ => null,
            };
            return body is not null;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    public static ulong LedgerIndexOf(IMessage body) => body switch
    {
        Receipt receipt => receipt.Index,
        FinishAnswer answer => answer.Receipt.Index,
        InclusionProofAnswer proof => proof.Index,
        OriginChangeSeen change => change.RestoredSize,
        _ => 0,
    };
}
