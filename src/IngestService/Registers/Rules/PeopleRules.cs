using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.Collections;

namespace EdgeEnforcement.IngestService.Registers.Rules;

/// <summary>What stands beside officers: substitution, leave, recusal, outside reviewers, hand-over.</summary>
internal static class PeopleRules
{
    public static IEnumerable<RuleFault> Of(Substitution written, RuleScope scope)
    {
        foreach (RuleFault fault in Officer(written.AbsentOfficerId, "absent_officer_id", scope)
            .Concat(Officer(written.SubstituteOfficerId, "substitute_officer_id", scope))
            .Concat(scope.AllMissing(RegisterKind.Unit, [written.UnitId], "unit_id"))
            .Concat(Roles(written.Roles)).Concat(FieldRules.Span(Micros.Of(written.From), Micros.Of(written.Until), "until"))
            .Concat(FieldRules.Present(written.Document, "document")))
            yield return fault;
        if (written.AbsentOfficerId == written.SubstituteOfficerId)
            yield return new RuleFault("substitute_officer_id", "nobody stands in for himself");
    }

    public static IEnumerable<RuleFault> Of(OfficerLeave leave, RuleScope scope) => Officer(leave.OfficerId, "officer_id", scope)
        .Concat(FieldRules.Span(Micros.Of(leave.From), Micros.Of(leave.Until), "until"));

    public static IEnumerable<RuleFault> Of(Recusal recusal, RuleScope scope)
    {
        foreach (RuleFault fault in Officer(recusal.OfficerId, "officer_id", scope).Concat(FieldRules.Present(recusal.CaseId, "case_id"))
            .Concat(FieldRules.Present(recusal.Ground, "ground")).Concat(Officer(recusal.DecidedByOfficerId, "decided_by_officer_id", scope)))
            yield return fault;
        if (recusal.OfficerId == recusal.DecidedByOfficerId)
            yield return new RuleFault("decided_by_officer_id", "nobody decides on his own recusal (APL 43)");
    }

    public static IEnumerable<RuleFault> Of(OutsideReviewer named, RuleScope scope) => Officer(named.OfficerId, "officer_id", scope)
        .Concat(scope.AllMissing(RegisterKind.Unit, [named.UnitId], "unit_id")).Concat(Roles(named.Roles))
        .Concat(FieldRules.Span(Micros.Of(named.From), Micros.Of(named.Until), "until")).Concat(FieldRules.Present(named.Document, "document"))
        .Concat(named.CaseIds.Count == 0 ? [new RuleFault("case_ids", "he is named for no case")] : []);

    public static IEnumerable<RuleFault> Of(HandOver handOver, RuleScope scope)
    {
        // Who has left hands over all the same: what he had is still there.
        IEnumerable<RuleFault> giver = scope.After.Find(RegisterKind.Officer, handOver.FromOfficerId) is null ? Officer(handOver.FromOfficerId, "from_officer_id", scope) : [];
        foreach (RuleFault fault in giver.Concat(Officer(handOver.ToOfficerId, "to_officer_id", scope)))
            yield return fault;
        if (handOver.CaseIds.Count == 0)
            yield return new RuleFault("case_ids", "nothing is handed over");
        if (Micros.Of(handOver.At) is not { } at)
            yield return new RuleFault("at", "is missing");
        else if (scope.After.InForce(RegisterKind.Officer, handOver.ToOfficerId, scope.AsOf) is { } taker
            && OfficerPolicy.CertificateOn(taker.Change.Officer, CivilDay.Of(at)) is null)
            yield return new RuleFault("to_officer_id", $"{handOver.ToOfficerId} has no certificate that counts on {CivilDay.ToText(CivilDay.Of(at))}");
    }

    private static IEnumerable<RuleFault> Officer(string id, string field, RuleScope scope) => scope.AllMissing(RegisterKind.Officer, [id], field);

    private static IEnumerable<RuleFault> Roles(RepeatedField<OfficerRole> roles) => roles.Count == 0
        ? [new RuleFault("roles", "is empty")] : roles.SelectMany(role => FieldRules.Known(role, "roles"));
}
