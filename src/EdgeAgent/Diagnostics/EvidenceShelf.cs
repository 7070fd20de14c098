using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// Looks up what the station holds about a file's content.
internal sealed class EvidenceShelf(AgentSpool spool, ReceiptStore receipts, MediaCatalog catalog, ProducerKey key, PinnedLedger ledger)
{
    public IResult Find(string sha256) =>
        Sha256Hash.TryParse(sha256, out var hash) ? Results.Json(Items(hash)) : Results.BadRequest("not a SHA-256");

    private IReadOnlyList<EvidenceItem> Items(Sha256Hash content) =>
        [.. catalog.FindContent(content).Select(e => new EvidenceItem(
            e.Key.ToString(),
            spool.Find(e.Key.Epoch, e.Key.Class)?.Read(e.Key.Sequence).ToArray() ?? [],
            key.Key.Spki,
            receipts.ReadReceipt(e.Key)?.ToByteArray(),
            receipts.ReadProof(e.Key, ReceiptKind.RecordProof)?.ToByteArray(),
            receipts.ReadMedia(e.Key)?.ToByteArray(),
            receipts.ReadProof(e.Key, ReceiptKind.MediaProof)?.ToByteArray(),
            ledger.Current?.Origin ?? "",
            ledger.Current?.VerifierKey ?? ""))];
}
