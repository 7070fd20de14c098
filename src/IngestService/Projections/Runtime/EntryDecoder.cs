using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>Ledger entries to records, each decoded once per reader.</summary>
internal static class EntryDecoder
{
    public static ProjectedEntry Decode(LedgerEntry entry, Func<Record.BodyOneofCase, bool> wants)
    {
        Leaf leaf = entry.Leaf;
        if (!HasWanted(entry, wants))
            return new ProjectedEntry(entry.Index.Value, leaf, leaf.IngestTimeMicros, null, default) { LeafBytes = entry.LeafBytes, IsErased = entry.IsErased };

        (Record? record, byte[] payloadSha256) = Read(entry.Envelope);
        return new ProjectedEntry(entry.Index.Value, leaf, leaf.IngestTimeMicros, record, payloadSha256) { LeafBytes = entry.LeafBytes };
    }

    /// <summary>Whether an entry holds content that its reader asks for; most do not, and need no more than this look at their leaf.</summary>
    public static bool HasWanted(LedgerEntry entry, Func<Record.BodyOneofCase, bool> wants)
    {
        Leaf leaf = entry.Leaf;
        return !entry.IsErased
            && (leaf.Flags & (LeafFlags.Conflict | LeafFlags.Quarantined)) == 0
            && MayCarry(leaf)
            && wants((Record.BodyOneofCase)leaf.Type);
    }

    // The door refuses facts from producers; a reader that decides on them does not rest on that alone.
    private static bool MayCarry(Leaf leaf) => leaf.Origin != LeafOrigin.Producer || leaf.Type < FirstFactType;

    // record.proto: body fields from here on are the service's own facts.
    private const ushort FirstFactType = 64;

    // The door let the envelope in, so it parses; one that does not any more is content we cannot use, not a reason to stop.
    private static (Record? Record, byte[] PayloadSha256) Read(ReadOnlyMemory<byte> envelope)
    {
        try
        {
            SignedEnvelope signed = SignedEnvelope.Parser.ParseFrom(envelope.Span);
            Record record = Record.Parser.ParseFrom(signed.Payload);
            return (record, record.BodyCase == Record.BodyOneofCase.MediaManifest ? SHA256.HashData(signed.Payload.Span) : []);
        }
        catch (InvalidProtocolBufferException)
        {
            return (null, []);
        }
    }
}
