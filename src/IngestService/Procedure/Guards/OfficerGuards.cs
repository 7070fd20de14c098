using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Procedure.Guards;

/// <summary>Who acts: certificate, domain, role, leave, recusal, separation of duties, two different persons (art. 42, 43, 58, 64).</summary>
internal static class OfficerGuards
{
    /// <summary>The actor, and the second officer where the act takes two.</summary>
    public static void Actor(ActScope scope, OfficerRole[] roles, int officers)
    {
        ProcedureAct act = scope.Act;
        if (!scope.Require("ROLE", roles.Contains(act.Role), $"以{Words.Of(act.Role)}身份不能{Words.Of(act.Kind)}",
            $"由{string.Join("或", roles.Select(Words.Of))}办理", "APL-42"))
            return;
        MayAct(scope, act.Actor.Id, act.Role, "办理人");
        Certified(scope, act.Actor.Id, "办理人");
        Assigned(scope, act.Actor.Id, act.Role);
        if (officers < 2 && act.SecondOfficerId.Length == 0)
            return; // who is named is looked at even where one would do: the case keeps him as having acted in it
        if (!scope.Require("TWO_OFFICERS", act.SecondOfficerId.Length > 0 && act.SecondOfficerId != act.Actor.Id,
            "只有一名执法人员", "执法人员不得少于两人，法律另有规定的除外", "APL-42"))
            return;
        MayAct(scope, act.SecondOfficerId, act.Role, "第二名执法人员");
        Certified(scope, act.SecondOfficerId, "第二名执法人员");
        Assigned(scope, act.SecondOfficerId, act.Role);
    }

    // Entered today, done in the field on another day: the certificate counts on that day, too.
    private static void Certified(ActScope scope, string officerId, string who)
    {
        Google.Protobuf.WellKnownTypes.Timestamp? done = scope.Act.Service?.ServedAt ?? scope.Act.Record?.From ?? scope.Act.Hearing?.HeldAt;
        if (done is null || scope.Context.Book.InForce(RegisterKind.Officer, officerId, scope.Context.AsOf) is not { } officer)
            return;
        DateOnly day = CivilDay.Of(Micros.Of(done) ?? 0);
        if (day < scope.Day)
            scope.Require("OFFICER_CERTIFICATE", OfficerPolicy.CertificateOn(officer.Change.Officer, day) is not null,
                $"{who} {officerId}：{CivilDay.ToText(day)} 没有有效的执法证", Remedy("CERTIFICATE"), "APL-42");
    }

    public static void MayAct(ActScope scope, string officerId, OfficerRole role, string who)
    {
        MayActRequest ask = new()
        {
            OfficerId = officerId, UnitId = UnitFor(scope, officerId, role), Role = role, Domain = scope.Case.Domain, CaseId = scope.Case.CaseId,
        };
        ask.RolesInCase.AddRange(scope.Case.Participants.Where(person => person.OfficerId == officerId).SelectMany(person => person.Roles));
        GuardAnswer answer = OfficerPolicy.MayAct(scope.Context.Book, ask, scope.Context.AsOf with { AtMicros = Micros.Of(scope.HappenedAt) });
        if (answer.Allowed)
            scope.Guards.Pass("OFFICER", $"{officerId}: {answer.Reason}", answer.Steps.SelectMany(step => step.Entries), "APL-42");
        else
            scope.Guards.Fail("OFFICER_" + Failed(answer), $"{who} {officerId}：{Wrong(Failed(answer))}", Remedy(Failed(answer)), ArticleOf(Failed(answer)));
    }

    /// <summary>A head of the handling unit or of one above it on that day, or one who stands in for him in writing; neither recused nor a handler of the case (art. 43, 57).</summary>
    public static bool MayDiscuss(ActScope scope, string officerId)
    {
        RegisterBook book = scope.Context.Book;
        RegisterAsOf asOf = scope.Context.AsOf;
        HashSet<string> units = [.. book.UpFrom(NumberGiving.UnitOf(scope.Case), asOf).Select(unit => unit.Change.Id)];
        bool isHead = book.InForce(RegisterKind.Officer, officerId, asOf)?.Change.Officer.Assignments.Any(held => units.Contains(held.UnitId) && IsHead(held.Roles)) == true
            || book.OwnedBy(RegisterKind.Substitution, officerId, asOf).Any(written => units.Contains(written.Change.Substitution.UnitId) && IsHead(written.Change.Substitution.Roles));
        return isHead
            && book.OwnedBy(RegisterKind.Recusal, officerId, asOf).All(known => known.Change.Recusal.CaseId != scope.Case.CaseId)
            && !scope.Case.Participants.Any(person => person.OfficerId == officerId && person.Roles.Contains(OfficerRole.Handler));
    }

    private static bool IsHead(IEnumerable<OfficerRole> roles) => roles.Any(role => role is OfficerRole.UnitHead or OfficerRole.AgencyHead);

    /// <summary>Who took the money is the agency that decided, one of its units or any officer (art. 67), by id or by name.</summary>
    public static bool IsOfDecider(ActScope scope, string collector)
    {
        RegisterBook book = scope.Context.Book;
        RegisterAsOf asOf = scope.Context.AsOf;
        return scope.Case.Participants.Any(person => person.OfficerId == collector || person.Name == collector)
            || book.InForce(RegisterKind.Officer, collector, asOf) is not null
            || book.UpFrom(NumberGiving.UnitOf(scope.Case), asOf).Any(unit => unit.Change.Id == collector || unit.Change.Unit.Name == collector);
    }

    // Once officers are assigned, handling is theirs: anybody else would need a hand-over first.
    private static void Assigned(ActScope scope, string officerId, OfficerRole role)
    {
        CaseParticipant[] handlers = [.. scope.Case.Participants.Where(person => person.IsHandlerNow)];
        if (role == OfficerRole.Handler && handlers.Length > 0)
            scope.Require("ASSIGNED", handlers.Any(person => person.OfficerId == officerId), $"{officerId} 不是本案承办人",
                "由承办人办理，或先更换承办人", "APL-42");
    }

    // A head, reviewer or presider may belong to a unit above the handling one: the nearest in which he has the role.
    private static string UnitFor(ActScope scope, string officerId, OfficerRole role)
    {
        RegisterAsOf asOf = scope.Context.AsOf;
        string handling = scope.Case.Filing?.UnitId is { Length: > 0 } filed ? filed
            : scope.Act.Filing?.UnitId is { Length: > 0 } asked ? asked
            : scope.Case.Pending?.Act.Filing?.UnitId is { Length: > 0 } waiting ? waiting : scope.Case.HandlingUnitId;
        Officer? officer = scope.Context.Book.InForce(RegisterKind.Officer, officerId, asOf)?.Change.Officer;
        if (handling.Length == 0)
            return officer?.Assignments.FirstOrDefault(held => held.Roles.Contains(role))?.UnitId ?? "";
        foreach (RegisterVersion unit in scope.Context.Book.UpFrom(handling, asOf))
        {
            bool isThere = officer?.Assignments.Any(held => held.UnitId == unit.Change.Id && held.Roles.Contains(role)) == true
                || scope.Context.Book.OwnedBy(RegisterKind.Substitution, officerId, asOf).Any(written => written.Change.Substitution.UnitId == unit.Change.Id)
                || scope.Context.Book.OwnedBy(RegisterKind.Reviewer, officerId, asOf).Any(named => named.Change.Reviewer.UnitId == unit.Change.Id);
            if (isThere)
                return unit.Change.Id;
        }

        return handling;
    }

    private static string Failed(GuardAnswer answer) => answer.Steps.First(step => !step.Passed).Name;

    // The register's own sentence, with numbers and dates, is one question away at its page (MayAct); here stands what bars the act.
    private static string Wrong(string step) => step switch
    {
        "OFFICER" => "当日不在登记册内",
        "UNIT" => "所属机构当日不在登记册内",
        "CERTIFICATE" => "当日没有有效的执法证",
        "DOMAIN" => "执法证不涵盖本领域",
        "ROLE" => "没有这项职责",
        "LEAVE" => "正在休假",
        "RECUSAL" => "已被决定回避本案",
        "SEPARATION" => "在本案中已有不相容的职责",
        _ => step,
    };

    private static string Remedy(string step) => step switch
    {
        "CERTIFICATE" => "由执法证有效的人员办理，或先办理移交",
        "DOMAIN" => "由执法证涵盖本领域的人员办理",
        "ROLE" => "由有此职责的人员办理，或出具书面代理授权",
        "LEAVE" => "由代理人办理，凭书面代理授权",
        "RECUSAL" => "被回避的人员不得参与本案，由他人办理",
        "SEPARATION" => "同一人在本案中不得兼任这两种职责，由他人办理",
        _ => "核对登记册",
    };

    private static string[] ArticleOf(string step) => step switch
    {
        "RECUSAL" => ["APL-43"],
        "SEPARATION" => ["APL-58", "APL-64"],
        _ => ["APL-42"],
    };
}
