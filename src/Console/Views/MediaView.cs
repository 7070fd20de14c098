using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Actions;
using EdgeEnforcement.OperatorConsole.Desk.Proof;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Identity;
using Grpc.Core;

namespace EdgeEnforcement.OperatorConsole.Views;

/// <summary>
/// One item of footage and its proof. Two checks run side by side: the service reads file and ledger again and records the
/// finding; the console recomputes what it can from what the service hands out, trusting nothing but the key it pinned.
/// </summary>
public sealed class MediaView(
    DeskQueries queries, ErasureFinder erasures, OperatorActs acts, IndependentCheck ownCheck, IOperatorContext context, TimeProvider time)
{
    /// <summary>Why the service is not asked on purpose: keys of the texts.</summary>
    private const string NobodyActs = "ActResult.NobodyActs";
    private const string ErasureAskedFor = "Proof.ErasureAskedFor";

    public MediaDetail? Detail { get; private set; }

    /// <summary>The deletion that took it; null while it is there.</summary>
    public ErasureRow? Erasure { get; private set; }

    public ProofVerdict Verdict { get; private set; } = ProofVerdict.Checking;

    public bool Running { get; private set; }

    public DateTimeOffset? CheckedAt { get; private set; }

    public IReadOnlyList<ProofStep> ServiceSteps { get; private set; } = [];

    public IReadOnlyList<ProofStep> OwnSteps { get; private set; } = [];

    /// <summary>Why the service's half is missing, in its words or by the key of ours; empty when it is there.</summary>
    public string ServiceTrouble { get; private set; } = "";

    public string OwnTrouble { get; private set; } = "";

    public async Task ReadAsync(ulong manifestIndex, ulong atLeast, CancellationToken cancellation)
    {
        var detail = await queries.GetMediaAsync(manifestIndex, atLeast, cancellation);
        if (Detail is null || Detail.Row.ManifestIndex != manifestIndex || detail.ProjectedSize >= Detail.ProjectedSize)
            Detail = detail;
        if (DeletionCheck.LeafOf(Detail) is { } leaf && Erasure?.ErasedIndex != leaf)
            Erasure = await erasures.ByDeletionLeafAsync(leaf, cancellation);
    }

    public async Task CheckAsync(CancellationToken cancellation)
    {
        if (Running || Detail is not { } detail)
            return;
        (Running, Verdict, ServiceSteps, OwnSteps, ServiceTrouble, OwnTrouble) = (true, ProofVerdict.Checking, [], [], "", "");
        try
        {
            await Task.WhenAll(CheckAtServiceAsync(detail, cancellation), CheckHereAsync(detail, cancellation));
            Verdict = Judge(detail.Row.State);
            CheckedAt = time.GetUtcNow();
        }
        finally
        {
            Running = false;
        }
    }

    private async Task CheckAtServiceAsync(MediaDetail detail, CancellationToken cancellation)
    {
        if (detail.Row.State is MediaState.Anchored or MediaState.Erased)
            return; // no bytes to compare; asking would record a failure that is none
        if (!context.Current.IsKnown)
        {
            ServiceTrouble = NobodyActs;
            return;
        }
        try
        {
            // The service's check is an entry about the file: with it the list that the approvers agree to would no longer be complete.
            if (await erasures.IsAskedForAsync(detail.Row.ManifestIndex, cancellation))
            {
                ServiceTrouble = ErasureAskedFor;
                return;
            }
            var answer = await acts.CheckEvidenceAsync(detail.Row.ManifestIndex, cancellation);
            var steps = answer.Steps.Select(step => new ProofStep(step.Name, step.Passed, step.Detail)).ToList();
            // The summary is part of the answer: a "failed" without a failed step is a failure all the same.
            if (!answer.Passed && steps.TrueForAll(step => step.Passed))
                steps.Add(new ProofStep("SUMMARY", false, ""));
            ServiceSteps = steps;
        }
        catch (RpcException exception)
        {
            ServiceTrouble = $"{exception.StatusCode} {exception.Status.Detail}";
        }
    }

    private async Task CheckHereAsync(MediaDetail detail, CancellationToken cancellation)
    {
        try
        {
            OwnSteps = await ownCheck.RunAsync(detail, cancellation);
        }
        catch (RpcException exception)
        {
            OwnTrouble = $"{exception.StatusCode} {exception.Status.Detail}";
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            OwnTrouble = exception.Message;
        }
    }

    private ProofVerdict Judge(MediaState state)
    {
        if (state == MediaState.Quarantined || ServiceSteps.Concat(OwnSteps).Any(step => !step.Passed))
            return ProofVerdict.Failed;
        // Passed is said only when both halves ran; the console's own half alone is enough when the service is not asked on purpose.
        var serviceRan = ServiceSteps.Count > 0 || ServiceTrouble is NobodyActs or ErasureAskedFor;
        if (OwnTrouble.Length > 0 || OwnSteps.Count == 0 || (state == MediaState.Stored && !serviceRan))
            return ProofVerdict.NotRun;
        return state switch
        {
            MediaState.Stored => ProofVerdict.Passed,
            MediaState.Erased => ProofVerdict.Erased,
            _ => ProofVerdict.NotYet,
        };
    }
}
