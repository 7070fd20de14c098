using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>An act that is durable in the ledger, or its refusal.</summary>
internal sealed record ActResult(AppendReceipt? Receipt, string SubjectId, ulong Version, RefusalDetail? Refusal)
{
    public static ActResult Refused(RefusalDetail refusal) => new(null, "", 0, refusal);
}
