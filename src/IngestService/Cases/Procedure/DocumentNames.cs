using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Documents;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Cases.Procedure;

/// <summary>Names that documents print, from the registers as they are now. A protected number is printed masked: the full one is typed where the form asks for it.</summary>
internal sealed class DocumentNames(IRegisterQueries registers)
{
    public IReadOnlyDictionary<string, string> For(ProcedureCase subject, ProcedureContext context)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (RegisterVersion unit in context.Book.UpFrom(NumberGiving.UnitOf(subject), context.AsOf))
            names[$"unit/{unit.Change.Id}"] = unit.Change.Unit.Name;
        foreach (AgencyNumbers agency in context.Rules.Agencies)
            names.TryAdd($"unit/{agency.UnitId}", agency.SealName);
        foreach (string id in subject.Participants.Select(person => person.OfficerId).Distinct())
            Officer(names, id, context);
        if (CaseLists.FilingOf(subject) is { } filing)
        {
            if (context.Book.InForce(RegisterKind.Item, filing.ItemId, context.AsOf) is { } item)
                names[$"item/{filing.ItemId}"] = item.Change.Item.Name;
            Party(names, filing.ObjectId, context);
        }

        return names;
    }

    private static void Officer(Dictionary<string, string> names, string id, ProcedureContext context)
    {
        if (context.Book.InForce(RegisterKind.Officer, id, context.AsOf)?.Change.Officer is not { } officer)
            return;
        names[$"officer/{id}"] = officer.Name;
        if (OfficerPolicy.CertificateOn(officer, context.AsOf.Day) is { } certificate)
            names[$"certificate/{id}"] = certificate.Number;
    }

    private void Party(Dictionary<string, string> names, string objectId, ProcedureContext context)
    {
        if (objectId.Length == 0 || registers.Find(RegisterKind.Object, objectId)?.InForce(context.AsOf)?.Change.EnforcementObject is not { } party)
            return;
        names["party/number"] = party.Uscc.Length > 0 ? party.Uscc : party.IdentityNumber;
        names["party/address"] = party.Address;
    }
}
