namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>A draft and what it was filled with, or everything that stands in its way.</summary>
internal sealed record DocumentOutcome(RenderedDraft? Draft, DocumentModel? Model, IReadOnlyList<DocumentProblem> Problems)
{
    public static DocumentOutcome Not(IReadOnlyList<DocumentProblem> problems) => new(null, null, problems);
}
