using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Inspections;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Cases.Inspections;

/// <summary>Gathers what a decision on an inspection reads, the earlier ones of its object among it.</summary>
internal sealed class InspectionContexts(
    IProcedureQueries procedure, IRegisterQueries registers, IInspectionQueries inspections, ActState state, TimeProvider time)
{
    /// <summary>Null: no rules are in force.</summary>
    public InspectionContext? For(Inspection subject, InspectionAct act)
    {
        if (procedure.CurrentRules is not { } current)
            return null;
        RegisterBook book = registers.Book;
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset newest = DateTimeOffset.UnixEpoch.AddTicks(book.LatestMicros * TimeSpan.TicksPerMicrosecond);
        ProcedureContext law = new(now > newest ? now : newest, book, current.Entry, current.Rules, [], new Dictionary<ulong, byte[]>());
        InspectionPlan plan = (act.Kind == InspectionActKind.Plan ? act.Plan : subject.Plan) ?? new InspectionPlan();
        bool isKnown = plan.ObjectId.Length == 0 || registers.Find(RegisterKind.Object, plan.ObjectId)?.InForce(law.AsOf) is not null;
        return new InspectionContext(law, isKnown, act.Recording is { } recording && state.IsManifest(recording.ManifestIndex), Earlier(subject, act, plan, law));
    }

    /// <summary>What a start now would be warned of.</summary>
    public IReadOnlyList<EarlierInspection> EarlierNow(Inspection subject)
    {
        InspectionAct start = new() { Kind = InspectionActKind.Start };
        return subject.State == InspectionState.Planned ? For(subject, start)?.Earlier ?? [] : [];
    }

    private List<EarlierInspection> Earlier(Inspection subject, InspectionAct act, InspectionPlan plan, ProcedureContext law)
    {
        DateTimeOffset? at = act.Kind switch
        {
            InspectionActKind.Plan when Instants.Of(plan.WindowFrom) is var planned => planned < law.Now ? planned : law.Now,
            InspectionActKind.Start => act.HappenedAt is null ? law.Now : Instants.Of(act.HappenedAt),
            _ => null,
        };
        string domain = subject.Domain.Length > 0 ? subject.Domain : law.Book.InForce(RegisterKind.Item, plan.ItemId, law.AsOf)?.Change.Item.Domain ?? "";
        int days = law.Rules.ProfileOf(domain) is { } profile ? profile.InspectionWarningDays : 0;
        if (at is not { } instant || days == 0 || plan.ObjectId.Length == 0)
            return [];
        long since = Micros.Of(instant) - days * CivilDay.MicrosPerDay;
        return [.. inspections.Begun(MergedObjects.Of(registers, plan.ObjectId, law.AsOf), since)
            .Where(known => known.InspectionId != subject.InspectionId).Select(ToEarlier)];
    }

    private static EarlierInspection ToEarlier(Inspection known) => new()
    {
        InspectionId = known.InspectionId, Number = known.Number, UnitId = known.Plan.UnitId, StartedAt = known.StartedAt,
        Outcome = known.Finish?.Outcome ?? InspectionOutcome.Unspecified, Trigger = known.Plan.Trigger,
    };
}
