using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases.Registers;

/// <summary>A change that is durable in the ledger, or its refusal.</summary>
internal sealed record RegisterActResult(AppendReceipt? Receipt, RefusalDetail? Refusal)
{
    public static RegisterActResult Refused(RefusalDetail refusal) => new(null, refusal);
}
