using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Media;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>
/// Verification on the spot (校验): reads the entry, its proof and the stored file again, now, trusts nothing computed before,
/// and appends the finding as an entry of its own.
/// </summary>
internal sealed class EvidenceCheck(
    ILedgerReader ledger, IFactAppender appender, ActState state, IMediaQueries media, LedgerSteps ledgerSteps, FileSteps fileSteps)
{
    public async Task<EvidenceCheckResult> RunAsync(CheckEvidenceRequest act, CancellationToken cancellation)
    {
        if (ActRules.Actor(act.Actor) is { } incomplete)
            return new(null, incomplete);
        await state.CatchUpAsync(cancellation);
        if (act.ManifestIndex >= ledger.DurableSize || media.Find(act.ManifestIndex) is not { } detail)
            return new(null, new RefusalDetail(RefusalCode.UnknownSubject, $"no manifest at entry {act.ManifestIndex}"));

        LedgerEntry entry = ledger.Read(new EntryIndex(act.ManifestIndex));
        if (entry.IsErased)
            return new(null, new RefusalDetail(RefusalCode.Erased, $"entry {act.ManifestIndex} was lawfully deleted"));
        EnvelopeReader.TryRead(entry.Envelope, out OpenedEnvelope opened);

        CheckEvidenceAnswer answer = new();
        answer.Steps.AddRange(ledgerSteps.Content(entry, opened));
        answer.Steps.AddRange(await ledgerSteps.ProofAsync(entry, cancellation));
        answer.Steps.Add(Step("CHAIN", detail.ChainIntact, detail.ChainIntact
            ? "the predecessor named is the one held" : "the predecessor named is missing, or another manifest names it too"));
        answer.Steps.AddRange(await fileSteps.RunAsync(act.ManifestIndex, cancellation));
        answer.Passed = answer.Steps.All(step => step.Passed);
        return await RecordAsync(act, answer, cancellation);
    }

    internal static CheckStep Step(string name, bool passed, string detail) => new() { Name = name, Passed = passed, Detail = detail };

    private async Task<EvidenceCheckResult> RecordAsync(
        CheckEvidenceRequest act, CheckEvidenceAnswer answer, CancellationToken cancellation)
    {
        string finding = answer.Passed
            ? "PASSED" : "FAILED " + string.Join(' ', answer.Steps.Where(step => !step.Passed).Select(step => step.Name));
        FactOutcome appended = await appender.AppendAsync(LeafOrigin.Operator, new Record
        {
            Sensitivity = Sensitivity.Internal,
            EvidenceChecked = new EvidenceChecked
            {
                ManifestIndex = act.ManifestIndex, Actor = act.Actor, Passed = answer.Passed, Finding = finding,
            },
        }, cancellation);
        if (appended.Outcome.Receipt is not { } receipt)
            return new(null, appended.Outcome.Refusal);
        answer.EntryIndex = receipt.Index.Value;
        answer.LedgerSize = receipt.DurableSize;
        return new(answer, null);
    }
}
