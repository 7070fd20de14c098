using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>共同编号 for what an act puts into the file (documents, items that were reviewed or are quoted), and the 文号 that was offered.</summary>
internal static class NumberGiving
{
    public static IEnumerable<GivenNumber> For(ActScope scope)
    {
        string[] subjects = scope.Act.Kind switch
        {
            Kind.ReviewEvidence => Unnumbered(scope, scope.Act.EvidenceReview.Items.Select(item => item.EvidenceKey)),
            Kind.RecordInvestigation => Unnumbered(scope, scope.Act.Record.Media.Select(part => part.EvidenceKey)), // its text quotes them by number
            Kind.StartSimple => Unnumbered(scope, scope.Act.Simple.Media.Select(part => part.EvidenceKey)),
            Kind.IssueDocument or Kind.CorrectDocument => [DocumentId(scope.Case)],
            _ => [],
        };
        uint ordinal = scope.Case.LastCommonNumber;
        foreach (string subject in subjects)
        {
            ordinal++;
            yield return new GivenNumber
            {
                Space = NumberSpace.Common, Subject = subject,
                Text = CommonNumber.Of(AgencyCode(scope), scope.Today.Year, scope.Case.CaseId, scope.Case.State, ordinal),
            };
        }

        if (scope.Act.Kind is Kind.IssueDocument or Kind.CorrectDocument && PreNumbered(scope.Case, scope.Act.Document) is { Length: > 0 } printed)
            yield return new GivenNumber { Space = NumberSpace.Document, Subject = subjects[0], Text = printed };
        else if (scope.Act.Kind is Kind.IssueDocument or Kind.CorrectDocument && scope.Context.OfferedNumber is { } offer)
            yield return offer.ToGiven(subjects[0]);
        else if (scope.Act.Kind == Kind.DecideSimple && scope.Context.LeasedNumber is { } leased)
            yield return leased.ToGiven(scope.Case.CaseId);
    }

    private static string[] Unnumbered(ActScope scope, IEnumerable<string> keys) =>
        [.. keys.Distinct().Where(key => Guards.EvidenceGuards.Find(scope.Case, key) is { CommonNumber.Length: 0 })];

    /// <summary>A decision on the spot keeps the number its form was printed with, which the decision took; empty: the document takes its own.</summary>
    public static string PreNumbered(ProcedureCase subject, IssuedDocument? document) =>
        document?.Kind == DocumentKind.SimpleDecision ? subject.Decision?.LeasedNumber ?? "" : "";

    public static string DocumentId(ProcedureCase subject) =>
        $"{subject.CaseId}/{(subject.Documents.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    /// <summary>The nearest unit upwards that has numbers of its own.</summary>
    public static AgencyNumbers? Agency(ProcedureRules rules, RegisterBook book, string unitId, RegisterAsOf asOf) =>
        book.UpFrom(unitId, asOf).Select(unit => rules.Agencies.FirstOrDefault(agency => agency.UnitId == unit.Change.Id)).FirstOrDefault(agency => agency is not null);

    public static string UnitOf(ProcedureCase subject) => subject.Filing?.UnitId is { Length: > 0 } filed ? filed : subject.HandlingUnitId;

    private static string AgencyCode(ActScope scope)
    {
        string unit = UnitOf(scope.Case);
        return Agency(scope.Rules, scope.Context.Book, unit, scope.Context.AsOf)?.Code ?? unit;
    }
}
