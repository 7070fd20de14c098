using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Actions;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views;

/// <summary>One case: what belongs to it and why. Attaching moves only the evidence version.</summary>
public sealed class CaseView(DeskQueries queries, OperatorActs acts)
{
    public CaseDetail? Detail { get; private set; }

    public IReadOnlyList<MediaRow> Candidates { get; private set; } = [];

    public ActOutcome? Outcome { get; private set; }

    public bool Busy { get; private set; }

    public async Task ReadAsync(string caseId, ulong atLeast, CancellationToken cancellation)
    {
        var detail = await queries.GetCaseAsync(caseId, atLeast, cancellation);
        if (Detail is null || Detail.Row.CaseId != caseId || detail.ProjectedSize >= Detail.ProjectedSize)
            Detail = detail;
    }

    public async Task ReadCandidatesAsync(bool unattachedOnly, CancellationToken cancellation)
    {
        var page = await queries.ListMediaAsync(new ListMediaRequest { PageSize = 100, UnattachedOnly = unattachedOnly }, cancellation);
        Candidates = [.. page.Rows.Where(row => Detail is null || !row.CaseIds.Contains(Detail.Row.CaseId))];
    }

    public Task<ActOutcome?> AttachAsync(ulong manifestIndex, string reason) =>
        ActAsync(reason, seen => acts.AttachAsync(seen, manifestIndex, reason.Trim()));

    public Task<ActOutcome?> DetachAsync(ulong manifestIndex, string reason) =>
        ActAsync(reason, seen => acts.DetachAsync(seen, manifestIndex, reason.Trim()));

    private async Task<ActOutcome?> ActAsync(string reason, Func<CaseRow, Task<ActOutcome>> perform)
    {
        if (Busy || Detail is null || string.IsNullOrWhiteSpace(reason))
            return null;
        Busy = true;
        try
        {
            return Outcome = await perform(Detail.Row);
        }
        finally
        {
            Busy = false;
        }
    }
}
