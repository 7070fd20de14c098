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
        using var input = new CodedInputStream(bytes.Array ?? [], bytes.Offset, bytes.Count);
        List<StreamPrecondition> found = [];
        while (input.ReadTag() is var tag and not 0)
            if (WireFormat.GetTagFieldNumber(tag) == SignedEnvelope.PayloadFieldNumber)
                ReadRecord(input.ReadBytes(), found);
            else
                input.SkipLastField();
        return found;
    }

    private static void ReadRecord(ByteString payload, List<StreamPrecondition> found)
    {
        using var input = payload.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
            if (WireFormat.GetTagFieldNumber(tag) == Record.PreconditionsFieldNumber)
            {
                var precondition = new StreamPrecondition();
                input.ReadMessage(precondition);
                found.Add(precondition);
            }
            else
                input.SkipLastField();
    }
}
