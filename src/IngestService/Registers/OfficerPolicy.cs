using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>
/// "May this officer act here now." A certificate counts through its last day to 24:00 in Shanghai. A role comes by assignment, by a dated
/// written substitution, or by being named for the case; none of them into a role the person is barred from in it.
/// </summary>
internal static class OfficerPolicy
{
    public static GuardAnswer MayAct(RegisterBook book, MayActRequest act, RegisterAsOf asOf)
    {
        GuardSteps steps = new(asOf);
        RegisterVersion? version = book.InForce(RegisterKind.Officer, act.OfficerId, asOf);
        if (!steps.Step("OFFICER", version is not null, version is null ? Said.Of($"no officer {act.OfficerId} is in the register then") : version.Change.Officer.Name, version))
            return steps.End();
        RegisterVersion? unit = book.InForce(RegisterKind.Unit, act.UnitId, asOf);
        if (!steps.Step("UNIT", unit is not null, unit is null ? Said.Of($"no unit {act.UnitId} is in the register then") : unit.Change.Unit.Name, unit))
            return steps.End();

        Officer officer = version!.Change.Officer; // the step above failed without it
        Certificate(steps, officer, act.Domain, asOf.Day, version);
        Role(steps, book, act, officer, version, asOf);
        Leave(steps, book, act.OfficerId, asOf);
        if (act.CaseId.Length > 0)
            Recusal(steps, book, act, asOf);
        if (RoleSeparation.Bars(act.Role, act.RolesInCase) is { } barring)
            steps.Step("SEPARATION", false, $"who is {barring} in a case is not its {act.Role}");
        return steps.End();
    }

    /// <summary>The one that counts on that day; null: none.</summary>
    public static EnforcementCertificate? CertificateOn(Officer officer, DateOnly day) =>
        officer.Certificates.FirstOrDefault(certificate => DayPeriod.Of(certificate.FromDay, certificate.ThroughDay).Holds(day));

    private static void Certificate(GuardSteps steps, Officer officer, string domain, DateOnly day, RegisterVersion version)
    {
        EnforcementCertificate? certificate = CertificateOn(officer, day);
        if (certificate is null)
        {
            EnforcementCertificate? last = officer.Certificates.OrderByDescending(known => known.ThroughDay, StringComparer.Ordinal).FirstOrDefault();
            steps.Step("CERTIFICATE", false, last is null
                ? "he has no certificate (执法证)"
                : Said.Of($"no certificate counts on {CivilDay.ToText(day)}; {last.Number} counts {DayPeriod.Of(last.FromDay, last.ThroughDay)}"), version);
            return;
        }

        steps.Step("CERTIFICATE", true, $"{certificate.Number} counts {DayPeriod.Of(certificate.FromDay, certificate.ThroughDay)}", version);
        if (domain.Length > 0)
        {
            bool covers = certificate.Domains.Contains(domain) || certificate.Domains.Contains("*");
            steps.Step("DOMAIN", covers, covers ? Said.Of($"{domain:@Domain}") : Said.Of($"{certificate.Number} does not cover {domain:@Domain}: {string.Join(", ", certificate.Domains)}"), version);
        }
    }

    private static void Role(
        GuardSteps steps, RegisterBook book, MayActRequest act, Officer officer, RegisterVersion version, RegisterAsOf asOf)
    {
        if (Holds(officer, act.UnitId, act.Role, asOf.Day))
        {
            steps.Step("ROLE", true, $"{act.Role} of {act.UnitId} by assignment", version);
            return;
        }

        RegisterVersion? substitution = book.OwnedBy(RegisterKind.Substitution, act.OfficerId, asOf)
            .FirstOrDefault(known => Covers(book, known.Change.Substitution, act, asOf));
        if (substitution is not null)
        {
            Substitution written = substitution.Change.Substitution;
            steps.Step("ROLE", true, $"{act.Role} of {act.UnitId} for {written.AbsentOfficerId} by {written.Document}", substitution);
            return;
        }

        RegisterVersion? named = act.CaseId.Length == 0 ? null : book.OwnedBy(RegisterKind.Reviewer, act.OfficerId, asOf)
            .FirstOrDefault(known => Covers(known.Change.Reviewer, act, asOf.AtMicros));
        steps.Step("ROLE", named is not null, named is null
            ? Said.Of($"{act.Role} of {act.UnitId} is not his: neither assigned, nor by substitution, nor named for the case")
            : Said.Of($"{act.Role} of {act.UnitId} for case {act.CaseId} by {named.Change.Reviewer.Document}"), named ?? version);
    }

    private static bool Holds(Officer officer, string unitId, OfficerRole role, DateOnly day) => officer.Assignments.Any(assignment =>
        assignment.UnitId == unitId && assignment.Roles.Contains(role) && DayPeriod.Of(assignment.FromDay, assignment.ThroughDay).Holds(day));

    // Nobody hands on what he has not got himself on that day.
    private static bool Covers(RegisterBook book, Substitution written, MayActRequest act, RegisterAsOf asOf) =>
        written.UnitId == act.UnitId && written.Roles.Contains(act.Role)
        && Within(Micros.Of(written.From), Micros.Of(written.Until), asOf.AtMicros)
        && book.InForce(RegisterKind.Officer, written.AbsentOfficerId, asOf) is { } absent
        && Holds(absent.Change.Officer, act.UnitId, act.Role, asOf.Day);

    private static bool Covers(OutsideReviewer named, MayActRequest act, long at) =>
        named.UnitId == act.UnitId && named.Roles.Contains(act.Role) && named.CaseIds.Contains(act.CaseId)
        && Within(Micros.Of(named.From), Micros.Of(named.Until), at);

    private static void Leave(GuardSteps steps, RegisterBook book, string officerId, RegisterAsOf asOf)
    {
        RegisterVersion? leave = book.OwnedBy(RegisterKind.Leave, officerId, asOf)
            .FirstOrDefault(known => Within(Micros.Of(known.Change.Leave.From), Micros.Of(known.Change.Leave.Until), asOf.AtMicros));
        steps.Step("LEAVE", leave is null, leave is null ? "not on leave" : Said.Of($"on leave: {leave.Change.Leave.Kind}"), leave);
    }

    private static void Recusal(GuardSteps steps, RegisterBook book, MayActRequest act, RegisterAsOf asOf)
    {
        RegisterVersion? recusal = book.OwnedBy(RegisterKind.Recusal, act.OfficerId, asOf)
            .FirstOrDefault(known => known.Change.Recusal.CaseId == act.CaseId);
        steps.Step("RECUSAL", recusal is null,
            recusal is null ? "not recused in the case" : Said.Of($"recused in case {act.CaseId} (APL 43): {recusal.Change.Recusal.Ground}"), recusal);
    }

    private static bool Within(long? from, long? until, long at) => (from is null || from <= at) && until is not null && at < until;
}
