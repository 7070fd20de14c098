using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>Who acts outside the process of a case: what the registers, as they are now, say of him.</summary>
internal sealed class ActorStanding(IRegisterQueries registers, TimeProvider time)
{
    /// <summary>Whether the officer holds one of the roles in any unit today: his register entry, or why not. Exactly one of the two is set.</summary>
    public (ulong? Entry, RefusalDetail? Refusal) Holds(string officerId, params OfficerRole[] roles)
    {
        RegisterBook book = registers.Book;
        // Never before the newest version, however a clock was set.
        RegisterAsOf asOf = new(Math.Max(Micros.Now(time), book.LatestMicros));
        GuardAnswer? best = null;
        foreach ((string unitId, OfficerRole role) in Roles(book, officerId, roles, asOf))
        {
            best = OfficerPolicy.MayAct(book, new MayActRequest { OfficerId = officerId, UnitId = unitId, Role = role }, asOf);
            if (best.Allowed && book.InForce(RegisterKind.Officer, officerId, asOf) is { } officer)
                return (officer.Entry, null);
        }

        Said why = best is null ? ActSentences.NoRole : Said.Of($"{best.Reason}");
        return (null, new RefusalDetail(RefusalCode.NotPermitted, why.ToString()) { Said = best is null ? why : null });
    }

    private static IEnumerable<(string UnitId, OfficerRole Role)> Roles(RegisterBook book, string officerId, OfficerRole[] roles, RegisterAsOf asOf)
    {
        IEnumerable<(string, OfficerRole)> assigned = book.InForce(RegisterKind.Officer, officerId, asOf)?.Change.Officer.Assignments
            .SelectMany(held => held.Roles.Select(role => (held.UnitId, role))) ?? [];
        IEnumerable<(string, OfficerRole)> written = book.OwnedBy(RegisterKind.Substitution, officerId, asOf)
            .SelectMany(version => version.Change.Substitution.Roles.Select(role => (version.Change.Substitution.UnitId, role)));
        return assigned.Concat(written).Where(held => roles.Contains(held.Item2)).Distinct();
    }
}
