using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Hosting;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Desk.Actions;

/// <summary>Acts on inspection tasks, in the operator's name. A trial is decided like the act itself and leaves nothing behind.</summary>
public sealed class InspectionTaskActs(InspectionActs.InspectionActsClient client, OperatorCall calls, IOptions<ConsoleOptions> options, TimeProvider time)
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.QuerySeconds);

    /// <returns>And the earlier inspections of the same object that the service warns of, where the act may be done.</returns>
    public async Task<(ActOutcome Outcome, IReadOnlyList<EarlierInspection> Earlier)> ActAsync(string inspectionId, ulong seenVersion, InspectionAct act, bool isTrial)
    {
        IReadOnlyList<EarlierInspection> earlier = [];
        var outcome = await calls.RunAsync(isTrial ? $"try {act.Kind}" : act.Kind.ToString(), inspectionId, async actor =>
        {
            var request = new InspectionActRequest { InspectionId = inspectionId, ExpectedVersion = seenVersion, Act = act.Clone(), DryRun = isTrial };
            request.Act.Actor = actor;
            var answer = await client.ActAsync(request, new CallOptions(deadline: Deadline)).ConfigureAwait(false);
            earlier = answer.Earlier;
            return (answer.InspectionId, answer.Version, answer.EntryIndex, answer.LedgerSize);
        }).ConfigureAwait(false);
        return (outcome, earlier);
    }

    /// <summary>A case file from findings; the outcome names the case.</summary>
    public Task<ActOutcome> OpenCaseAsync(Inspection seen, IEnumerable<uint> findings, string title) => calls.RunAsync("open case", seen.InspectionId, async actor =>
    {
        var request = new OpenInspectionCaseRequest { Actor = actor, InspectionId = seen.InspectionId, ExpectedVersion = seen.LifecycleVersion, Findings = { findings }, Title = title };
        var answer = await client.OpenCaseAsync(request, new CallOptions(deadline: Deadline)).ConfigureAwait(false);
        return (answer.SubjectId, answer.Version, answer.EntryIndex, answer.LedgerSize);
    });

    private DateTime Deadline => (time.GetUtcNow() + _patience).UtcDateTime;
}
