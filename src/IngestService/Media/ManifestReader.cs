using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>Finds a manifest by its place in the ledger. Only durable entries exist here.</summary>
internal sealed class ManifestReader(ILedgerReader ledger)
{
    public ManifestLookup Find(ulong index)
    {
        if (index >= ledger.DurableSize)
            return Refused(RefusalCode.NoSuchEntry, $"no durable entry {index}");
        var entry = ledger.Read(new EntryIndex(index));
        if (entry.Leaf.Type != Record.MediaManifestFieldNumber)
            return Refused(RefusalCode.NotAManifest, $"entry {index} is of type {entry.Leaf.Type}");
        if (entry.IsErased)
            return Refused(RefusalCode.Erased, $"entry {index} was lawfully deleted");
        // A conflict entry contradicts a manifest that came first; its producer sends it again under a new epoch.
        if ((entry.Leaf.Flags & LeafFlags.Conflict) != 0)
            return Refused(RefusalCode.NotAManifest, $"entry {index} is a conflict entry");

        return Read(index, entry.Envelope);
    }

    private static ManifestLookup Read(ulong index, ReadOnlyMemory<byte> envelope)
    {
        try
        {
            var signed = SignedEnvelope.Parser.ParseFrom(envelope.Span);
            var record = Record.Parser.ParseFrom(signed.Payload);
            if (record.BodyCase != Record.BodyOneofCase.MediaManifest)
                return Refused(RefusalCode.NotAManifest, $"entry {index} holds no manifest");
            var manifest = record.MediaManifest;
            if (ManifestShape.Fault(manifest) is { } fault)
                return Refused(RefusalCode.NotAManifest, $"entry {index}: {fault}");
            return new ManifestLookup(new ManifestFacts(index, Sha256Hash.FromBytes(manifest.Digests[0].Value.Span), manifest), null);
        }
        catch (InvalidProtocolBufferException e)
        {
            // The leaf's type says manifest, the bytes do not: a writer older than the door's checks.
            return Refused(RefusalCode.NotAManifest, $"entry {index} cannot be read: {e.Message}");
        }
    }

    private static ManifestLookup Refused(RefusalCode code, string detail) => new(null, new RefusalDetail(code, detail));
}
