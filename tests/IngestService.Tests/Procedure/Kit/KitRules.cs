using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Tests.Procedure.Rules;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Kit;

/// <summary>The rules that are shipped, with one short template of every kind of document and the numbers of the crew's agency.</summary>
internal static class KitRules
{
    public static ProcedureRules Shipped { get; } = Read();

    private static ProcedureRules Read()
    {
        ProcedureRules? rules = ProcedureRulesParser.TryParse(ProcedureRulesParserTests.ReadSample(), out IReadOnlyList<string> errors);
        Assert.Empty(errors);
        return rules! with
        {
            Templates = [.. Enum.GetValues<DocumentKind>().Where(kind => kind != DocumentKind.Unspecified).Select(Template)],
            Agencies = [new AgencyNumbers(Crew.Agency, "渝测", "YC", "执法局")],
        };
    }

    private static DocumentTemplate Template(DocumentKind kind) => new(
        kind.ToString(), "1", kind, kind.ToString(), "{agency}〔{year}〕{n}号", Internal: false, "<p></p>",
        [new TemplateField("party_address", "住址", "Address", Required: true, Long: false)], ["*"], null, null, "test");
}
