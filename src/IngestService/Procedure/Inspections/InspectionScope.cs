using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;
using Kind = EdgeEnforcement.Contracts.V1.InspectionActKind;

namespace EdgeEnforcement.IngestService.Procedure.Inspections;

/// <summary>One act on an inspection being decided.</summary>
internal sealed class InspectionScope
{
    public InspectionScope(Inspection subject, InspectionAct act, InspectionContext context)
    {
        Subject = subject;
        Act = act;
        Context = context;
        Plan = act.Kind == Kind.Plan ? act.Plan ?? new InspectionPlan() : subject.Plan ?? new InspectionPlan();
        EnforcementItem? item = context.Law.Book.InForce(RegisterKind.Item, Plan.ItemId, context.Law.AsOf)?.Change.Item;
        Domain = act.Kind == Kind.Plan ? item?.Domain ?? "" : subject.Domain;
        Law = new ActScope(
            new ProcedureCase { Domain = Domain, HandlingUnitId = Plan.UnitId },
            new ProcedureAct { Actor = act.Actor, HappenedAt = act.HappenedAt }, context.Law);
    }

    public Inspection Subject { get; }

    public InspectionAct Act { get; }

    public InspectionContext Context { get; }

    /// <summary>The act's own for PLAN, the inspection's afterwards.</summary>
    public InspectionPlan Plan { get; }

    public string Domain { get; }

    /// <summary>The same act as guards of officers and of competence see it; holds all guards.</summary>
    public ActScope Law { get; }

    /// <summary>Who inspects: who came, once it was begun; who was planned before.</summary>
    public IReadOnlyList<string> Officers => Act.Start is { OfficerIds.Count: > 0 } came ? came.OfficerIds
        : Subject.Start is { OfficerIds.Count: > 0 } begun ? begun.OfficerIds : Plan.OfficerIds;

    public bool Require(string name, bool holds, string wrong, string satisfiedBy, params ReadOnlySpan<string> articles) =>
        Law.Guards.Require(name, holds, wrong, satisfiedBy, articles);
}
