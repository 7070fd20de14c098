using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases.Inspections;
using EdgeEnforcement.IngestService.Desk.Queries;
using EdgeEnforcement.IngestService.Procedure.Inspections;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers;
using Google.Protobuf.Collections;

namespace EdgeEnforcement.IngestService.Desk.Inspections;

/// <summary>Inspection tasks as lists and one by one, with the registers' names.</summary>
internal sealed class InspectionQuery(
    ProjectedSize projected, IInspectionQueries inspections, InspectionContexts contexts, IRegisterQueries registers, TimeProvider time)
{
    public async Task<InspectionPage> ListAsync(ListInspectionsRequest request, CancellationToken cancellation)
    {
        ulong size = await projected.AtLeastAsync(request.AtLeast, cancellation);
        int rows = PageToken.Rows(request.PageSize);
        string[] objects = request.ObjectId.Length == 0 ? [] : [.. MergedObjects.Of(registers, request.ObjectId, Now)];
        IReadOnlyList<Inspection> found = inspections.List(
            new InspectionFilter(request.UnitId, request.State, request.OfficerId, objects), PageToken.Parse(request.Page).Before, rows);
        InspectionPage page = new() { ProjectedSize = size, Rows = { found.Select(ToRow) } };
        page.NextPage = PageToken.Next(found.Count, rows, found.Count == 0 ? 0 : found[^1].PlannedEntry);
        return page;
    }

    public async Task<InspectionView> FindAsync(GetInspectionRequest request, CancellationToken cancellation)
    {
        ulong size = await projected.AtLeastAsync(request.AtLeast, cancellation);
        Inspection subject = inspections.Find(request.InspectionId)
            ?? throw new RefusalDetail(RefusalCode.UnknownSubject, $"no inspection {request.InspectionId}").ToRpcException();
        InspectionView view = new()
        {
            State = subject, Row = ToRow(subject), ProjectedSize = size, Permitted = { InspectionDecider.From(subject.State) },
            OpenFindings = { InspectionGuards.OpenFindings(subject) }, Earlier = { contexts.EarlierNow(subject) },
            IsMine = request.OfficerId.Length > 0 && Officers(subject).Contains(request.OfficerId),
        };
        foreach (string officer in Officers(subject).Concat(subject.Acts.Select(act => act.OfficerId)).Distinct().Where(id => id.Length > 0))
            view.Names[officer] = OfficerName(officer);
        foreach (string unit in subject.Earlier.Concat(view.Earlier).Select(earlier => earlier.UnitId).Append(subject.Plan.UnitId).Distinct())
            view.Names[unit] = UnitName(unit);
        return view;
    }

    private RegisterAsOf Now => new(Micros.Now(time));

    private InspectionRow ToRow(Inspection subject)
    {
        InspectionPlan plan = subject.Plan;
        return new InspectionRow
        {
            InspectionId = subject.InspectionId, Number = subject.Number, State = subject.State, Trigger = plan.Trigger, Domain = subject.Domain,
            ItemName = registers.Book.InForce(RegisterKind.Item, plan.ItemId, Now)?.Change.Item.Name ?? plan.ItemId,
            ObjectId = plan.ObjectId, ObjectName = ObjectName(plan), UnitId = plan.UnitId, UnitName = UnitName(plan.UnitId),
            Officers = { Officers(subject).Select(OfficerName) }, WindowFrom = plan.WindowFrom, WindowUntil = plan.WindowUntil, StartedAt = subject.StartedAt,
            Outcome = subject.Finish?.Outcome ?? InspectionOutcome.Unspecified, Findings = (uint)subject.Findings.Count,
            Recordings = (uint)subject.Recordings.Count, Cases = (uint)subject.Cases.Count, Repeated = subject.Earlier.Count > 0,
        };
    }

    private static RepeatedField<string> Officers(Inspection subject) => subject.Start?.OfficerIds ?? subject.Plan.OfficerIds;

    private string ObjectName(InspectionPlan plan) => plan.ObjectId.Length == 0 ? plan.Place
        : registers.Find(RegisterKind.Object, plan.ObjectId)?.InForce(Now)?.Change.EnforcementObject.Name ?? plan.ObjectId;

    private string OfficerName(string id) => registers.Book.InForce(RegisterKind.Officer, id, Now)?.Change.Officer.Name ?? id;

    private string UnitName(string id) => registers.Book.InForce(RegisterKind.Unit, id, Now)?.Change.Unit.Name ?? id;
}
