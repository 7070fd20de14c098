using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases.Numbers;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Documents;
using EdgeEnforcement.IngestService.Procedure.Numbers;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Cases.Procedure;

/// <summary>
/// Fills what the service itself says in an act that makes a document: number, template, printed values, hash of the draft. The draft is made
/// before the decision, so that its hash is in the entry; a draft whose act is refused is nowhere.
/// </summary>
internal sealed class DocumentDrafts(NumberOffers offers, DocumentNames names)
{
    public (ProcedureAct Act, ProcedureContext Context, ProcedureRefusal? Refusal) Complete(ProcedureCase subject, ProcedureAct asked, ProcedureContext context)
    {
        if (asked.Kind is not (ProcedureActKind.IssueDocument or ProcedureActKind.CorrectDocument) || asked.Document is not { } document)
            return (asked, context, null);
        DateOnly today = CivilDay.Of(Micros.Of(context.Now));
        if (DocumentDrafting.TemplateFor(context.Rules, document.Kind, subject.Domain, today) is not { } template)
            return (asked, context, null); // the guard TEMPLATE says so
        AgencyNumbers? agency = NumberGiving.Agency(context.Rules, context.Book, NumberGiving.UnitOf(subject), context.AsOf);
        string number = NumberGiving.PreNumbered(subject, document);
        NumberOffer? offer = agency is null || number.Length > 0 ? null : offers.Next(agency, template, today.Year);
        context = context with { OfferedNumber = offer };
        string common = CommonNumber.Of(agency?.Code ?? NumberGiving.UnitOf(subject), today.Year, subject.CaseId, subject.State, subject.LastCommonNumber + 1);
        ProcedureAct act = asked.Clone();
        DocumentOutcome outcome = DocumentDrafting.Make(new DocumentRequest(
            subject, document, template, context.Rules, names.For(subject, context), offer?.Text ?? number, common, context.Now) { Agency = agency });
        if (outcome.Draft is not { } draft || outcome.Model is not { } model)
            return (act, context, Undrafted(subject, asked, outcome));
        act.Document.TemplateId = template.Id;
        act.Document.TemplateVersion = template.Version;
        act.Document.DraftSha256 = ByteString.CopyFrom(draft.Sha256);
        act.Document.Fields.Clear();
        foreach ((string key, string value) in model.ToFields())
            act.Document.Fields.Add(key, value);
        return (act, context, null);
    }

    private static ProcedureRefusal Undrafted(ProcedureCase subject, ProcedureAct asked, DocumentOutcome outcome)
    {
        ProcedureRefusal refusal = new() { State = subject.State, Act = asked.Kind };
        refusal.Guards.AddRange(outcome.Problems.Select(problem => new FailedGuard { Name = "DOCUMENT", Detail = problem.Detail, SatisfiedBy = $"补充：{problem.Name}" }));
        return refusal;
    }
}
