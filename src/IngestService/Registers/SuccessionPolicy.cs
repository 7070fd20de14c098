using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>
/// Who could take over from an officer: everybody else of his unit is asked as the guard would ask him, role by role and case by case. Who
/// fails in nothing takes over as he is; who fails only for want of the role may have it by a dated written substitution; whoever has no
/// certificate for the domain, is on leave, recused in the case, or has had a role in it that bars this one, is not proposed, with the reason.
/// </summary>
internal static class SuccessionPolicy
{
    public static TakerProposals Propose(RegisterBook book, string officerId, IReadOnlyList<HeldCase> cases, RegisterAsOf asOf)
    {
        TakerProposals proposals = new();
        RegisterVersion? version = book.InForce(RegisterKind.Officer, officerId, asOf) ?? book.Find(RegisterKind.Officer, officerId)?.Newest;
        if (version is null)
            return proposals;
        foreach (Assignment assignment in version.Change.Officer.Assignments.Where(known => Holds(known, asOf)))
        {
            proposals.Vacancies.AddRange(assignment.Roles.Select(role => Vacancy(book, officerId, assignment.UnitId, role, null, asOf)));
            if (assignment.Roles.Contains(OfficerRole.Handler))
                proposals.Vacancies.AddRange(cases.Select(held => Vacancy(book, officerId, assignment.UnitId, OfficerRole.Handler, held, asOf)));
        }

        if (proposals.Vacancies.FirstOrDefault() is { } first)
            proposals.Hinders.AddRange(Ask(book, officerId, first.UnitId, first.Role, null, asOf).Steps.Where(step => !step.Passed));
        return proposals;
    }

    private static Vacancy Vacancy(RegisterBook book, string officerId, string unitId, OfficerRole role, HeldCase? held, RegisterAsOf asOf)
    {
        Vacancy vacancy = new() { UnitId = unitId, Role = role, CaseId = held?.CaseId ?? "", CaseNumber = held?.Number ?? "", Domain = held?.Domain ?? "" };
        IEnumerable<Taker> takers = OfficersOf(book, unitId, asOf).Where(other => other.Change.Id != officerId).Select(other => Taker(book, other, unitId, role, held, asOf));
        vacancy.Takers.AddRange(takers.OrderByDescending(taker => taker.Proposed).ThenByDescending(taker => taker.HoldsRole).ThenBy(taker => taker.OfficerId, StringComparer.Ordinal));
        return vacancy;
    }

    private static Taker Taker(RegisterBook book, RegisterVersion officer, string unitId, OfficerRole role, HeldCase? held, RegisterAsOf asOf)
    {
        GuardAnswer answer = Ask(book, officer.Change.Id, unitId, role, held, asOf);
        Taker taker = new()
        {
            OfficerId = officer.Change.Id, Name = officer.Change.Officer.Name,
            Proposed = answer.Steps.All(step => step.Passed || step.Name == "ROLE"), HoldsRole = answer.Steps.Any(step => step is { Name: "ROLE", Passed: true }),
        };
        taker.Steps.AddRange(answer.Steps);
        return taker;
    }

    private static GuardAnswer Ask(RegisterBook book, string officerId, string unitId, OfficerRole role, HeldCase? held, RegisterAsOf asOf)
    {
        MayActRequest ask = new() { OfficerId = officerId, UnitId = unitId, Role = role, Domain = held?.Domain ?? "" };
        if (held is not null)
        {
            ask.CaseId = NamedIn(book, RegisterKind.Recusal, officerId, asOf).Select(known => known.Recusal.CaseId).FirstOrDefault(held.IsCalled) ?? held.CaseId;
            ask.RolesInCase.AddRange(RolesIn(book, officerId, held, asOf));
        }

        return OfficerPolicy.MayAct(book, ask, asOf);
    }

    /// What the registers know of what he has been in the case already.
    private static IEnumerable<OfficerRole> RolesIn(RegisterBook book, string officerId, HeldCase held, RegisterAsOf asOf) =>
        NamedIn(book, RegisterKind.Reviewer, officerId, asOf).Where(known => known.Reviewer.CaseIds.Any(held.IsCalled)).SelectMany(known => known.Reviewer.Roles).Distinct();

    private static IEnumerable<RegisterChange> NamedIn(RegisterBook book, RegisterKind kind, string officerId, RegisterAsOf asOf) =>
        book.OwnedBy(kind, officerId, asOf).Select(version => version.Change);

    private static IEnumerable<RegisterVersion> OfficersOf(RegisterBook book, string unitId, RegisterAsOf asOf) => book.IdsOf(RegisterKind.Officer)
        .Select(id => book.InForce(RegisterKind.Officer, id, asOf)).OfType<RegisterVersion>()
        .Where(officer => officer.Change.Officer.Assignments.Any(known => known.UnitId == unitId && Holds(known, asOf)));

    private static bool Holds(Assignment assignment, RegisterAsOf asOf) => DayPeriod.Of(assignment.FromDay, assignment.ThroughDay).Holds(asOf.Day);
}
