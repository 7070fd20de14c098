using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Desk.Queries;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Desk.Procedure;

/// <summary>Other leads and cases that may belong to this one, the strongest first, each with its reasons.</summary>
internal sealed class SuggestionQuery(ProjectedSize projected, IProcedureQueries procedure)
{
    private const int Candidates = 100;
    private const int Shown = 20;

    public async Task<SuggestAnswer> RunAsync(SuggestRequest request, CancellationToken cancellation)
    {
        await projected.AtLeastAsync(request.AtLeast, cancellation);
        ProcedureCase subject = procedure.Find(request.CaseId)
            ?? throw new RefusalDetail(RefusalCode.UnknownSubject, $"no case {request.CaseId}").ToRpcException();
        HashSet<string> linked = [.. subject.Links.Where(link => !link.Undone).Select(link => link.OtherCaseId)];
        SuggestAnswer answer = new();
        answer.Suggestions.AddRange(procedure.Near(subject, Candidates).Where(other => !linked.Contains(other.CaseId))
            .Select(other => ToSuggestion(other, SuggestionPolicy.Reasons(subject, other)))
            .Where(found => found.Reasons.Count > 0).OrderByDescending(found => found.Reasons.Count).Take(Shown));
        return answer;
    }

    private static CaseSuggestion ToSuggestion(ProcedureCase other, IReadOnlyList<string> reasons)
    {
        CaseSuggestion suggestion = new() { CaseId = other.CaseId, Number = other.Number, Title = other.Title, State = other.State };
        suggestion.Reasons.AddRange(reasons);
        return suggestion;
    }
}
