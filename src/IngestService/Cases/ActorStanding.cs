using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>Who acts outside the process of a case: what the registers, as they are now, say of him.</summary>
internal sealed class ActorStanding(IRegisterQueries registers, TimeProvider time)
{
    // Who runs or mounts the system has no part in what it finds.
    private static readonly OfficerRole[] Enforcing =
        [.. Enum.GetValues<OfficerRole>().Except([OfficerRole.Unspecified, OfficerRole.SystemAdministrator, OfficerRole.Installer])];

    /// <summary>
    /// Null: he may act on alerts and open files. Somebody the register of officers has never named may, until sign-in says who sits at a console:
    /// docs/decisions/registers.md.
    /// </summary>
    public RefusalDetail? WhyNot(string officerId) =>
        registers.Book.Find(RegisterKind.Officer, officerId) is null ? null : Holds(officerId, Enforcing).Refusal;

    /// <summary>Whether the officer holds one of the roles in any unit today: his register entry, or why not. Exactly one of the two is set.</summary>
    public (ulong? Entry, RefusalDetail? Refusal) Holds(string officerId, params OfficerRole[] roles)
    {
        RegisterBook book = registers.Book;
        // Never before the newest version, however a clock was set.
        RegisterAsOf asOf = new(Math.Max(Micros.Now(time), book.LatestMicros));
        if (book.InForce(RegisterKind.Officer, officerId, asOf) is not { } officer)
            return (null, Refuse(book.Find(RegisterKind.Officer, officerId) is null ? ActSentences.NoRole : ActSentences.NotInForce));
        Said why = ActSentences.NoRole;
        foreach ((string unitId, OfficerRole role) in Roles(book, officer, roles, asOf))
        {
            GuardAnswer answer = OfficerPolicy.MayAct(book, new MayActRequest { OfficerId = officerId, UnitId = unitId, Role = role }, asOf);
            if (answer.Allowed)
                return (officer.Entry, null);
            why = answer.Steps.First(step => !step.Passed).Name switch
            {
                "CERTIFICATE" => ActSentences.NoCertificate,
                "LEAVE" => ActSentences.OnLeave,
                _ => ActSentences.NoRole,
            };
        }

        return (null, Refuse(why));
    }

    private static RefusalDetail Refuse(Said why) => ActSentences.Refuse(RefusalCode.NotPermitted, why);

    private static IEnumerable<(string UnitId, OfficerRole Role)> Roles(RegisterBook book, RegisterVersion officer, OfficerRole[] roles, RegisterAsOf asOf)
    {
        IEnumerable<(string, OfficerRole)> assigned = officer.Change.Officer.Assignments.SelectMany(held => held.Roles.Select(role => (held.UnitId, role)));
        IEnumerable<(string, OfficerRole)> written = book.OwnedBy(RegisterKind.Substitution, officer.Change.Id, asOf)
            .SelectMany(version => version.Change.Substitution.Roles.Select(role => (version.Change.Substitution.UnitId, role)));
        return assigned.Concat(written).Where(held => roles.Contains(held.Item2)).Distinct();
    }
}
