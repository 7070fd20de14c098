using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Projections.Erasures;
using EdgeEnforcement.IngestService.Projections.Media;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases.Erasure;

/// <summary>
/// The second approval, step by step:
///
///   1. the clerk stands still, uploads of the files that go are closed, what must go from the store is written down;
///   2. what came since the scan is taken into it; if anything differs from what the approvers saw, it ends here with CONFLICT;
///   3. the deletion leaf is appended, on condition that nothing came since 2: else 2 again;
///      the sequencer zeroes the entries before it answers;
///   4. the store zeroes and unlinks what 1 wrote down;
///   5. the clerk goes on, from a file made again; projections fold again by themselves.
///
/// A crash before the leaf is durable leaves a note in the store that the next start removes. After it: the ledger's recovery zeroes the
/// entries, then the store's start finishes the note, then projections and clerk see that their files are from before.
/// </summary>
internal sealed class ErasureExecution(
    ILedgerReader ledger, IFactAppender appender, IStandstill clerk, MediaStore store, IMediaQueries media, ActState state)
{
    // Each try reads only what came since the last one; under any load a person knows, the first or second is taken.
    private const int MaxTries = 100;

    public async Task<ActResult> RunAsync(
        ErasureSnapshot erasure, Actor first, Actor second, ErasureScan scan, CancellationToken cancellation)
    {
        using Standstill standing = await clerk.BeginAsync(cancellation);
        List<ManifestFacts> files = [.. scan.Manifests.Select(index => store.FindManifest(index).Manifest).OfType<ManifestFacts>()];
        await store.CloseAsync(files, cancellation);
        try
        {
            ActResult result = await AppendAsync(erasure, first, second, (scan, standing, files), cancellation);
            // Obeyed or abandoned, as the ledger says. Not cancelled any more: the entries are gone, the files follow.
            await Task.Run(store.FinishErasures, CancellationToken.None);
            return result;
        }
        finally
        {
            store.Reopen(files);
        }
    }

    private async Task<ActResult> AppendAsync(
        ErasureSnapshot erasure, Actor first, Actor second, (ErasureScan Scan, Standstill Clerk, List<ManifestFacts> Files) plan,
        CancellationToken cancellation)
    {
        for (int left = MaxTries; ; left--)
        {
            await state.CatchUpAsync(cancellation);
            plan.Scan.ReadTo(ledger, ledger.DurableSize);
            if (Changed(erasure, plan.Scan) is { } refusal)
                return ActResult.Refused(refusal);
            store.PlanErasures(plan.Files, IsPromisedElsewhere);

            FactOutcome appended = await appender.AppendIfSeenAsync(
                LeafOrigin.Operator, ErasureDecider.Erase(erasure, first, second, plan.Scan, plan.Clerk), plan.Scan.Size, CancellationToken.None);
            if (appended.Outcome.Receipt is { } receipt)
                return new ActResult(receipt, erasure.Request.ErasureId, erasure.Version + 1, null);
            if (appended.Outcome.Refusal is not { Code: RefusalCode.Busy } || left == 0)
                return ActResult.Refused(appended.Outcome.Refusal!); // exactly one of the two is set
        }

        bool IsPromisedElsewhere(ManifestFacts file) => media.WithContent(file.Content.ToArray()).Except(plan.Scan.Manifests).Any();
    }

    private static RefusalDetail? Changed(ErasureSnapshot erasure, ErasureScan scan)
    {
        if (scan.Hold() is { } hold)
            return new RefusalDetail(RefusalCode.NotPermitted, hold);
        return scan.Items().SequenceEqual(erasure.Request.Items)
            ? null
            : new RefusalDetail(RefusalCode.Conflict,
                "what goes is no longer what was requested: entries about it came since; withdraw the request and ask again");
    }
}
