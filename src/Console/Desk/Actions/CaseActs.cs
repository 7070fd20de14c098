using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Hosting;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Desk.Actions;

/// <summary>Acts of the lawful process, in the operator's name. A trial is decided like the act itself and leaves nothing behind.</summary>
public sealed class CaseActs(ProcedureActs.ProcedureActsClient client, OperatorCall calls, IOptions<ConsoleOptions> options, TimeProvider time)
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.QuerySeconds);

    /// <param name="seenVersion">Lifecycle version the operator had before his eyes.</param>
    public Task<ActOutcome> ActAsync(string caseId, ulong seenVersion, ProcedureAct act, bool isTrial) =>
        calls.RunAsync(isTrial ? $"try {act.Kind}" : act.Kind.ToString(), caseId, async actor =>
        {
            var request = new ProcedureActRequest { CaseId = caseId, ExpectedVersion = seenVersion, Act = act.Clone(), DryRun = isTrial };
            request.Act.Actor = actor;
            var answer = await client.ActAsync(request, new CallOptions(deadline: (time.GetUtcNow() + _patience).UtcDateTime)).ConfigureAwait(false);
            return (answer.SubjectId, answer.Version, answer.EntryIndex, answer.LedgerSize);
        });
}
