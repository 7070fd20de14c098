using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Cases.Lifecycle;
using EdgeEnforcement.IngestService.Ledger;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>A decision into the ledger. Returns after the flush.</summary>
internal static class ActAppend
{
    public static async Task<ActResult> RunAsync(
        IFactAppender appender, Decision decision, string subjectId, ulong version, CancellationToken cancellation)
    {
        if (decision.Fact is not { } fact)
            return ActResult.Refused(decision.Refusal!); // exactly one of the two is set
        FactOutcome appended = await appender.AppendAsync(LeafOrigin.Operator, fact, cancellation);
        return appended.Outcome.Receipt is { } receipt
            ? new ActResult(receipt, subjectId, version, null)
            : ActResult.Refused(appended.Outcome.Refusal!);
    }
}
