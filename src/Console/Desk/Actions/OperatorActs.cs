using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Hosting;
using EdgeEnforcement.OperatorConsole.Identity;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Desk.Actions;

/// <summary>What the operator at this console does. Every act names the version they saw and is sent once, never again by itself.</summary>
public sealed class OperatorActs(
    Acts.ActsClient client, OperatorCall calls, IOperatorContext context, IOptions<ConsoleOptions> options, TimeProvider time)
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.QuerySeconds);
    private readonly TimeSpan _checkPatience = TimeSpan.FromSeconds(options.Value.CheckSeconds);

    public Task<ActOutcome> AcknowledgeAsync(AlertRow seen) => ActAsync("acknowledge", seen.AlertId, (actor, call) =>
        client.AcknowledgeAlertAsync(new AcknowledgeAlertRequest { Actor = actor, AlertId = seen.AlertId, ExpectedVersion = seen.Version }, call));

    public Task<ActOutcome> CloseAsync(AlertRow seen, CloseReason reason, string remark) => ActAsync("close", seen.AlertId, (actor, call) =>
        client.CloseAlertAsync(new CloseAlertRequest
        {
            Actor = actor, AlertId = seen.AlertId, ExpectedVersion = seen.Version, Reason = reason, Remark = remark,
        }, call));

    public Task<ActOutcome> ReopenAsync(string alertId, ulong version, string remark) => ActAsync("reopen", alertId, (actor, call) =>
        client.ReopenAlertAsync(new ReopenAlertRequest { Actor = actor, AlertId = alertId, ExpectedVersion = version, Remark = remark }, call));

    public Task<ActOutcome> SampleAsync(ClosingRow seen, bool agrees, string reason) => ActAsync("sample", seen.Alert.AlertId, (actor, call) =>
        client.SampleClosingAsync(new SampleClosingRequest
        {
            Actor = actor, AlertId = seen.Alert.AlertId, ExpectedVersion = seen.Alert.Version, ClosingEntry = seen.ClosingEntry, Agrees = agrees, Reason = reason,
        }, call));

    public Task<ActOutcome> RegisterLeadAsync(AlertRow seen, string reason) => ActAsync("register lead", seen.AlertId, (actor, call) =>
        client.RegisterLeadAsync(new RegisterLeadRequest
        {
            Actor = actor, AlertId = seen.AlertId, ExpectedVersion = seen.Version, Reason = reason,
        }, call));

    public Task<ActOutcome> OpenCaseAsync(OpenCaseRequest request) => ActAsync("open case", request.LeadId, (actor, call) =>
    {
        request.Actor = actor;
        return client.OpenCaseAsync(request, call);
    });

    public Task<ActOutcome> AttachAsync(CaseRow seen, ulong manifestIndex, string reason) => ActAsync("attach", seen.CaseId, (actor, call) =>
        client.AttachMediaAsync(new AttachMediaRequest
        {
            Actor = actor, CaseId = seen.CaseId, ManifestIndex = manifestIndex, ExpectedEvidenceVersion = seen.EvidenceVersion, Reason = reason,
        }, call));

    public Task<ActOutcome> DetachAsync(CaseRow seen, ulong manifestIndex, string reason) => ActAsync("detach", seen.CaseId, (actor, call) =>
        client.DetachMediaAsync(new DetachMediaRequest
        {
            Actor = actor, CaseId = seen.CaseId, ManifestIndex = manifestIndex, ExpectedEvidenceVersion = seen.EvidenceVersion, Reason = reason,
        }, call));

    // The service reads the whole ledger to find what goes with the entries named, and answers a second approval when they are gone.
    public Task<ActOutcome> RequestErasureAsync(IEnumerable<EntryRange> ranges, string reason, string article) => ActAsync("request erasure", "", (actor, call) =>
        client.RequestErasureAsync(new RequestErasureRequest { Actor = actor, Ranges = { ranges }, Reason = reason, Article = article }, call), _checkPatience);

    public Task<ActOutcome> ApproveErasureAsync(ErasureRow seen) => ActAsync("approve erasure", seen.ErasureId, (actor, call) =>
        client.ApproveErasureAsync(new ApproveErasureRequest { Actor = actor, ErasureId = seen.ErasureId, ExpectedVersion = seen.Version }, call), _checkPatience);

    public Task<ActOutcome> WithdrawErasureAsync(ErasureRow seen, string reason) => ActAsync("withdraw erasure", seen.ErasureId, (actor, call) =>
        client.WithdrawErasureAsync(new WithdrawErasureRequest
        {
            Actor = actor, ErasureId = seen.ErasureId, ExpectedVersion = seen.Version, Reason = reason,
        }, call));

    /// <summary>Throws RpcException; the caller shows a check that could not run as such, never as passed or failed.</summary>
    public async Task<CheckEvidenceAnswer> CheckEvidenceAsync(ulong manifestIndex, CancellationToken cancellation) =>
        await client.CheckEvidenceAsync(
            new CheckEvidenceRequest { Actor = context.Current.ToActor(), ManifestIndex = manifestIndex },
            new CallOptions(deadline: Deadline(_checkPatience), cancellationToken: cancellation)).ConfigureAwait(false);

    // Not cancelled when the page is left: the operator pressed the key.
    private Task<ActOutcome> ActAsync(
        string act, string subject, Func<Actor, CallOptions, AsyncUnaryCall<ActAnswer>> call, TimeSpan? patience = null) =>
        calls.RunAsync(act, subject, async actor =>
        {
            var answer = await call(actor, new CallOptions(deadline: Deadline(patience ?? _patience))).ConfigureAwait(false);
            return (answer.SubjectId, answer.Version, answer.EntryIndex, answer.LedgerSize);
        });

    private DateTime Deadline(TimeSpan patience) => (time.GetUtcNow() + patience).UtcDateTime;
}
