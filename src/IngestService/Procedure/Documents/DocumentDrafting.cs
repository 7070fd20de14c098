using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>From a request to a draft. What the case holds is not typed over: a typed field fills what the case does not say yet.</summary>
internal static class DocumentDrafting
{
    // More than any form in use prints; an entry of the ledger ends far above.
    private const int MaxFieldChars = 20_000;

    /// <summary>The form for this kind in this domain on that day: the domain's own before the common one, the newest of two.</summary>
    public static DocumentTemplate? TemplateFor(ProcedureRules rules, DocumentKind kind, string domain, DateOnly day) => rules.Templates
        .Where(template => template.Kind == kind && template.Holds(day) && (template.Domains.Contains(domain) || template.Domains.Contains("*")))
        .OrderByDescending(template => template.Domains.Contains(domain)).ThenByDescending(template => template.From ?? DateOnly.MinValue)
        .FirstOrDefault();

    public static DocumentOutcome Make(DocumentRequest request)
    {
        IReadOnlyList<string> cited = CitedKeys(request);
        List<DocumentProblem> problems = [.. TypedProblems(request), .. DocumentRules.WhyNotCite(request.Case, request.Document.Kind, cited)];
        if (DocumentRules.WhyNotWithout(request.Document.Kind, cited) is { } none)
            problems.Add(none);
        if (problems.Count > 0)
            return DocumentOutcome.Not(problems);
        DocumentModel model = new();
        CaseTexts.Fill(model, request);
        CaseLists.Fill(model, request);
        foreach (TemplateField field in request.Template.Fields)
            model.Set(field.Key, request.Document.Fields.GetValueOrDefault(field.Key, ""));
        problems.AddRange(AboutProblems(request, model));
        problems.AddRange(request.Template.Fields.Where(field => field.Required && model[field.Key].Length == 0)
            .Select(field => new DocumentProblem(field.Key, $"《{request.Template.Title}》缺少“{field.Zh}”")));
        if (problems.Count > 0)
            return DocumentOutcome.Not(problems);
        DocumentModel printed = model.Only([.. TemplateNames.Of(request.Template), .. request.Template.Fields.Select(field => field.Key)]);
        (RenderedDraft? draft, DocumentProblem? problem) = DocumentRenderer.Render(request.Template, printed);
        return draft is null ? DocumentOutcome.Not([problem!]) : new DocumentOutcome(draft, printed, []); // exactly one of the two is set
    }

    /// <summary>The same document from what its entry holds.</summary>
    public static (RenderedDraft? Draft, DocumentProblem? Problem) MakeAgain(DocumentTemplate template, CaseDocument issued) =>
        DocumentRenderer.Render(template, DocumentModel.FromFields(issued.Fields));

    /// <summary>Every item that would stand in it: those named, those of the report where none is named, and the recordings of its transcript.</summary>
    public static IReadOnlyList<string> CitedKeys(DocumentRequest request) =>
        [.. CaseLists.EvidenceKeys(request).Concat(CaseLists.Segments(request).Select(segment => segment.EvidenceKey)).Distinct()];

    private static IEnumerable<DocumentProblem> TypedProblems(DocumentRequest request)
    {
        foreach ((string key, string text) in request.Document.Fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            if (request.Template.Fields.All(field => field.Key != key))
                yield return new DocumentProblem(key, $"《{request.Template.Title}》没有“{key}”这一项");
            else if (text.Length > MaxFieldChars)
                yield return new DocumentProblem(key, $"“{key}”超过{MaxFieldChars}字");
        }
    }

    // A receipt and a correction are about another document of the case.
    private static IEnumerable<DocumentProblem> AboutProblems(DocumentRequest request, DocumentModel model)
    {
        bool asked = request.Document.CorrectsDocumentId.Length > 0 || request.Template.Fields.Any(field => field.Key == CaseTexts.AboutField);
        if (asked && model["about_title"].Length == 0)
            yield return new DocumentProblem(CaseTexts.AboutField, "所指的文书不在本案中");
    }
}
