using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EdgeEnforcement.OperatorConsole.Tests.Fake;

internal sealed class FakeActs(FakeWorld world) : Acts.ActsBase
{
    public override Task<ActAnswer> AcknowledgeAlert(AcknowledgeAlertRequest request, ServerCallContext context) =>
        OnAlert(request.Actor, request.AlertId, request.ExpectedVersion, "alert_acknowledged", "", row => row.State = AlertState.Acknowledged);

    public override Task<ActAnswer> CloseAlert(CloseAlertRequest request, ServerCallContext context) =>
        OnAlert(request.Actor, request.AlertId, request.ExpectedVersion, "alert_closed", $"{request.Reason} {request.Remark}",
            row => (row.State, row.CloseReason) = (AlertState.Closed, request.Reason));

    public override Task<ActAnswer> ReopenAlert(ReopenAlertRequest request, ServerCallContext context) =>
        OnAlert(request.Actor, request.AlertId, request.ExpectedVersion, "alert_reopened", "",
            row => (row.State, row.CloseReason) = (AlertState.New, CloseReason.Unspecified));

    public override Task<ActAnswer> RegisterLead(RegisterLeadRequest request, ServerCallContext context) =>
        OnAlert(request.Actor, request.AlertId, request.ExpectedVersion, "lead_registered", request.Reason,
            row => (row.State, row.LeadId, row.LeadNumber) = (AlertState.Lead, $"L-{row.AlertId}", $"线索〔2026〕{world.Book.Size}号"));

    public override Task<ActAnswer> OpenCase(OpenCaseRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            Named(request.Actor);
            var number = request.Number.Length > 0 ? request.Number : $"渝水案〔2026〕{world.Book.Size}号";
            var id = world.AddCase(number, request.Title);
            world.Cases[id].Row.LeadNumber = world.Alerts.Values.FirstOrDefault(alert => alert.Row.LeadId == request.LeadId)?.Row.LeadNumber ?? "";
            world.Done($"case_opened {request.Title} {string.Join('+', request.Officers)} {request.WindowStart?.ToDateTimeOffset():O}");
            return Task.FromResult(Answer(id, 1));
        }
    }

    public override Task<ActAnswer> AttachMedia(AttachMediaRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            var detail = Case(request.Actor, request.CaseId, request.ExpectedEvidenceVersion);
            world.Attach(detail, request.ManifestIndex, AttachReason.Operator, request.Reason, request.Actor.Name);
            return Task.FromResult(Answer(request.CaseId, detail.Row.EvidenceVersion));
        }
    }

    public override Task<ActAnswer> DetachMedia(DetachMediaRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            var detail = Case(request.Actor, request.CaseId, request.ExpectedEvidenceVersion);
            detail.Evidence.Remove(detail.Evidence.Single(row => row.Media.ManifestIndex == request.ManifestIndex));
            world.Media[request.ManifestIndex].Row.CaseIds.Remove(request.CaseId);
            detail.Row.EvidenceVersion++;
            FakeWorld.Recount(detail);
            world.Done($"media_detached {request.Reason}");
            world.Append(new Record { MediaDetached = new MediaDetached { CaseId = request.CaseId } }, LeafOrigin.Operator);
            return Task.FromResult(Answer(request.CaseId, detail.Row.EvidenceVersion));
        }
    }

    public override Task<CheckEvidenceAnswer> CheckEvidence(CheckEvidenceRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            Named(request.Actor);
            world.Done($"evidence_checked {request.ManifestIndex}");
            var passed = world.ServiceCheckPasses;
            var index = world.Append(new Record { EvidenceChecked = new EvidenceChecked { ManifestIndex = request.ManifestIndex, Passed = passed } }, LeafOrigin.Operator);
            var answer = new CheckEvidenceAnswer { Passed = passed, EntryIndex = index, LedgerSize = world.Book.Size };
            foreach (var step in new[] { "LEAF", "COMMITMENT", "SIGNATURE", "INCLUSION", "CHECKPOINT", "CHAIN", "FILE", "CHUNKS" })
                answer.Steps.Add(new CheckStep { Name = step, Passed = passed || step != "FILE", Detail = step == "FILE" ? "whole file read again" : "" });
            return Task.FromResult(answer);
        }
    }

    public override Task<ActAnswer> RequestErasure(RequestErasureRequest request, ServerCallContext context) =>
        OnErasure(request.Actor, () => world.Erasures.Request(request.Actor, request.Ranges, request.Reason, request.Article));

    public override Task<ActAnswer> ApproveErasure(ApproveErasureRequest request, ServerCallContext context) =>
        OnErasure(request.Actor, () => world.Erasures.Approve(request.Actor, request.ErasureId, request.ExpectedVersion));

    public override Task<ActAnswer> WithdrawErasure(WithdrawErasureRequest request, ServerCallContext context) =>
        OnErasure(request.Actor, () => world.Erasures.Withdraw(request.Actor, request.ErasureId, request.ExpectedVersion, request.Reason));

    private Task<ActAnswer> OnErasure(Actor actor, Func<ErasureDetail> act)
    {
        lock (world.Gate)
        {
            Named(actor);
            var row = act().Row;
            return Task.FromResult(Answer(row.ErasureId, row.Version));
        }
    }

    private Task<ActAnswer> OnAlert(Actor actor, string alertId, ulong expectedVersion, string kind, string text, Action<AlertRow> change)
    {
        lock (world.Gate)
        {
            Named(actor);
            var detail = world.Alerts[alertId];
            if (detail.Row.Version != expectedVersion)
                throw Refusal(StatusCode.Aborted, "CONFLICT", $"alert/{alertId} is at {detail.Row.Version}, not {expectedVersion}");
            change(detail.Row);
            detail.Row.Version++;
            world.Done($"{kind} {alertId} {text}".TrimEnd());
            var index = world.Append(new Record { AlertAcknowledged = new AlertAcknowledged { AlertId = alertId, Actor = actor } }, LeafOrigin.Operator);
            detail.Timeline.Add(new TimelineItem { EntryIndex = index, At = TimeProvider.System.GetUtcNow().ToTimestamp(), Kind = kind, Text = text, Actor = actor.Name });
            return Task.FromResult(Answer(alertId, detail.Row.Version));
        }
    }

    private CaseDetail Case(Actor actor, string caseId, ulong expectedVersion)
    {
        Named(actor);
        var detail = world.Cases[caseId];
        return detail.Row.EvidenceVersion == expectedVersion ? detail
            : throw Refusal(StatusCode.Aborted, "CONFLICT", $"case/{caseId}/evidence is at {detail.Row.EvidenceVersion}, not {expectedVersion}");
    }

    private static void Named(Actor? actor)
    {
        if (actor is not { Id.Length: > 0, Name.Length: > 0 })
            throw Refusal(StatusCode.InvalidArgument, "INCOMPLETE_ACT", "no actor");
    }

    internal static RpcException Refusal(StatusCode status, string name, string detail) =>
        new(new Status(status, detail), new Metadata { { "ee-refusal-name", name }, { "ee-refusal-code", "10" } });

    private ActAnswer Answer(string subject, ulong version) =>
        new() { EntryIndex = world.Book.Size - 1, LedgerSize = world.Book.Size, SubjectId = subject, Version = version };
}
