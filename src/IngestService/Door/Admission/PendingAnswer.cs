using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>An answer in its place in the order: refused at once, or whatever the ledger says when it is durable.</summary>
internal readonly record struct PendingAnswer(
    ulong Correlation, long Since, Task<AppendOutcome>? Outcome, RefusalDetail? Refusal, RefusalCode? QuarantinedAs)
{
    public bool IsReady => Outcome is null || Outcome.IsCompleted;
}
