using System.Runtime.InteropServices;
using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Ledger.Recovery;

/// <summary>
/// The preconditions of a fact, everything else in it passed over. A start asks for those of every fact in the open segment, be it
/// the clerk's hundred thousand: parsing them whole was the longest part of it (docs/benchmarks/2026-11-28-restart-verify-scrub.md).
/// </summary>
internal static class PreconditionReader
{
    /// <exception cref="InvalidProtocolBufferException">It is no envelope with a record.</exception>
    public static List<StreamPrecondition> Read(ReadOnlyMemory<byte> envelope)
    {
        var bytes = MemoryMarshal.TryGetArray(envelope, out var array) ? array : new ArraySegment<byte>(envelope.ToArray());
        using var outer = Over(bytes);
        var begin = outer.Position;
        List<StreamPrecondition> found = [];
        while (outer.ReadTag() is var tag and not 0)
            if (WireFormat.GetTagFieldNumber(tag) == SignedEnvelope.PayloadFieldNumber)
            {
                var length = outer.ReadLength();
                var start = (int)(outer.Position - begin);
                if (length > bytes.Count - start)
                    throw new InvalidProtocolBufferException("the payload is longer than its envelope");
                ReadRecord(bytes.Slice(start, length), found);
                return found; // signatures come after it
            }
            else
                outer.SkipLastField();
        return found;
    }

    private static void ReadRecord(ArraySegment<byte> payload, List<StreamPrecondition> found)
    {
        using var record = Over(payload);
        while (record.ReadTag() is var tag and not 0)
            if (WireFormat.GetTagFieldNumber(tag) == Record.PreconditionsFieldNumber)
            {
                var precondition = new StreamPrecondition();
                record.ReadMessage(precondition);
                found.Add(precondition);
            }
            else
                record.SkipLastField();
    }

    private static CodedInputStream Over(ArraySegment<byte> bytes) => new(bytes.Array ?? [], bytes.Offset, bytes.Count);
}
