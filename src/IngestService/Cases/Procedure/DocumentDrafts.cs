using System.Collections.Concurrent;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
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
internal sealed class DocumentDrafts(IProducerMarks marks, DocumentNames names)
{
    // Where the search for the next number begins; only a hint: the sequencer says what is taken.
    private readonly ConcurrentDictionary<(string Pattern, string Agency, int Year), uint> _last = new();

    public (ProcedureAct Act, ProcedureContext Context, ProcedureRefusal? Refusal) Complete(
        ProcedureCase subject, ProcedureAct asked, ProcedureContext context, uint attempt)
    {
        IssuedDocument? document = asked.Kind is ProcedureActKind.IssueDocument or ProcedureActKind.CorrectDocument ? asked.Document
            : asked.Kind == ProcedureActKind.Approve && subject.Pending?.Act.Kind == ProcedureActKind.CorrectDocument ? subject.Pending.Act.Document : null;
        if (document is null)
            return (asked, context, null);
        DateOnly today = CivilDay.Of(Micros.Of(context.Now));
        if (DocumentDrafting.TemplateFor(context.Rules, document.Kind, subject.Domain, today) is not { } template)
            return (asked, context, null); // the guard TEMPLATE says so
        AgencyNumbers? agency = NumberGiving.Agency(context.Rules, context.Book, NumberGiving.UnitOf(subject), context.AsOf);
        string number = template.NumberPattern.Length == 0 || agency is null ? "" : Next(template.NumberPattern, agency.ShortName, today.Year, attempt);
        string common = CommonNumber.Of(agency?.Code ?? NumberGiving.UnitOf(subject), today.Year, subject.CaseId, subject.State, subject.LastCommonNumber + 1);
        ProcedureAct act = asked.Clone();
        if (asked.Kind == ProcedureActKind.Approve)
            return (act, context with { OfferedNumber = number }, null);
        DocumentOutcome outcome = DocumentDrafting.Make(
            new DocumentRequest(subject, document, template, context.Rules, names.For(subject, context), number, common, context.Now));
        if (outcome.Draft is not { } draft || outcome.Model is not { } model)
            return (act, context, Undrafted(subject, asked, outcome));
        act.Document.TemplateId = template.Id;
        act.Document.TemplateVersion = template.Version;
        act.Document.DraftSha256 = ByteString.CopyFrom(draft.Sha256);
        act.Document.Fields.Clear();
        foreach ((string key, string value) in model.ToFields())
            act.Document.Fields.Add(key, value);
        return (act, context with { OfferedNumber = number }, null);
    }

    private string Next(string pattern, string agency, int year, uint attempt)
    {
        uint ordinal = _last.GetValueOrDefault((pattern, agency, year)) + (attempt > 0 ? 1U : 0U);
        string number;
        do
            number = NumberPattern.Format(pattern, agency, year, Math.Max(1, ++ordinal));
        while (marks.StreamVersion(DocumentNumberStream.Of(number)) > 0);
        _last[(pattern, agency, year)] = ordinal - 1;
        return number;
    }

    private static ProcedureRefusal Undrafted(ProcedureCase subject, ProcedureAct asked, DocumentOutcome outcome)
    {
        ProcedureRefusal refusal = new() { State = subject.State, Act = asked.Kind };
        refusal.Guards.AddRange(outcome.Problems.Select(problem => new FailedGuard { Name = "DOCUMENT", Detail = problem.Detail, SatisfiedBy = $"补充：{problem.Name}" }));
        return refusal;
    }
}
