using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;

namespace EdgeEnforcement.IngestService.Desk.Queries;

/// <summary>The three things a query needs of the ledger itself: how far it is durable, its newest checkpoint, a manifest's content.</summary>
internal sealed class LedgerState(ILedgerReader reader, ILedgerProofs proofs)
{
    public ulong DurableSize => reader.DurableSize;

    public string CheckpointNote => Encoding.UTF8.GetString(proofs.Newest.Note.Span);

    /// <summary>Null when erased. Content is kept in one place: the ledger; projections hold its position.</summary>
    public MediaManifest? Manifest(ulong index)
    {
        if (index >= reader.DurableSize)
            return null;
        return EntryDecoder.Decode(reader.Read(new EntryIndex(index)), type => type == Record.BodyOneofCase.MediaManifest)
            .Record?.MediaManifest;
    }
}
