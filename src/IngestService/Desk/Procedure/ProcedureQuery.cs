using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Desk.Queries;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Guards;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Desk.Procedure;

/// <summary>One case as it stands: state, what may come next and for whom, what the file lacks.</summary>
internal sealed class ProcedureQuery(ProjectedSize projected, IProcedureQueries procedure, IRegisterQueries registers, TimeProvider time)
{
    public async Task<ProcedureView> FindAsync(GetProcedureRequest request, CancellationToken cancellation)
    {
        await projected.AtLeastAsync(request.AtLeast, cancellation);
        ProcedureCase subject = procedure.Find(request.CaseId)
            ?? throw new RefusalDetail(RefusalCode.UnknownSubject, $"no case {request.CaseId}").ToRpcException();
        RegisterAsOf now = new(Micros.Now(time));
        ProcedureView view = new() { State = subject, ObjectName = NameOf(subject, now) };
        view.Flow.AddRange(FlowPicture.Of(subject));
        if (procedure.CurrentRules is not { } current)
            return view;
        view.Permitted.AddRange(PermittedActs.Of(subject, request.OfficerId, registers.Book, now, current.Rules, time.GetUtcNow()));
        view.Missing.AddRange(ArchiveGuards.Missing(subject, current.Rules.ProfileOf(subject.Domain)));
        return view;
    }

    public async Task<RulesView> RulesAsync(GetRulesRequest request, CancellationToken cancellation)
    {
        await projected.AtLeastAsync(request.AtLeast, cancellation);
        if (procedure.CurrentRules is not { } current)
            return new RulesView();
        return new RulesView
        {
            Version = current.Rules.Version, EntryIndex = current.Entry, Content = ByteString.CopyFrom(procedure.RulesContent(current.Entry) ?? []),
        };
    }

    private string NameOf(ProcedureCase subject, RegisterAsOf now) => subject.Filing?.ObjectId is { Length: > 0 } id
        ? registers.Find(RegisterKind.Object, id)?.InForce(now)?.Change.EnforcementObject.Name ?? subject.Filing.PartyName
        : subject.Filing?.PartyName ?? "";
}
