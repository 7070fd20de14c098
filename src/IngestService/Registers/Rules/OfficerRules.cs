using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Rules;

internal static class OfficerRules
{
    public static IEnumerable<RuleFault> Of(string id, Officer officer, RuleScope scope) => FieldRules.Present(officer.Name, "name")
        .Concat(officer.Certificates.SelectMany(OfCertificate))
        .Concat(FieldRules.Apart(officer.Certificates, known => DayPeriod.Of(known.FromDay, known.ThroughDay), known => known.Number, "certificates"))
        .Concat(officer.Assignments.SelectMany(assignment => OfAssignment(assignment, scope)))
        .Concat(officer.Assignments.GroupBy(assignment => assignment.UnitId).SelectMany(unit => FieldRules.Apart(
            [.. unit], known => DayPeriod.Of(known.FromDay, known.ThroughDay), known => known.UnitId, "assignments")))
        .Concat(TakenNumbers(id, officer, scope));

    private static IEnumerable<RuleFault> OfCertificate(EnforcementCertificate certificate)
    {
        IEnumerable<RuleFault> faults = FieldRules.Present(certificate.Number, "certificates")
            .Concat(FieldRules.Period(certificate.FromDay, certificate.ThroughDay, "certificates"));
        if (certificate.ThroughDay.Length == 0)
            faults = faults.Append(new RuleFault("certificates", $"{certificate.Number} needs its last day"));
        return certificate.Domains.Count == 0
            ? faults.Append(new RuleFault("certificates", $"{certificate.Number} covers no domain ('*' for all)")) : faults;
    }

    private static IEnumerable<RuleFault> OfAssignment(Assignment assignment, RuleScope scope)
    {
        if (scope.Missing(RegisterKind.Unit, assignment.UnitId, "assignments") is { } missing)
            yield return missing;
        foreach (RuleFault fault in FieldRules.Period(assignment.FromDay, assignment.ThroughDay, "assignments")
            .Concat(assignment.Roles.SelectMany(role => FieldRules.Known(role, "assignments"))))
            yield return fault;
        if (assignment.Roles.Count == 0)
            yield return new RuleFault("assignments", $"no role in {assignment.UnitId}");
        if (assignment.Roles.Contains(OfficerRole.SystemAdministrator) && assignment.Roles.Count > 1)
            yield return new RuleFault("assignments", "a system administrator has no other role in the unit");
    }

    // The same certificate in two hands is a typing error or worse.
    private static IEnumerable<RuleFault> TakenNumbers(string id, Officer officer, RuleScope scope)
    {
        foreach (EnforcementCertificate certificate in officer.Certificates)
        {
            foreach (RegisterVersion other in scope.After.OwnedBy(RegisterKind.Officer, RegisterContent.CertificateKey(certificate), scope.AsOf))
            {
                if (other.Change.Id != id)
                    yield return new RuleFault("certificates", $"{certificate.Number} is the certificate of {other.Change.Id} {other.Change.Officer.Name}");
            }
        }
    }
}
