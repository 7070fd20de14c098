using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Actions;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views;

/// <summary>The supervisor's sample of closings: agreed to with one click, disagreed with by a reason.</summary>
public sealed class SampleView(DeskQueries queries, OperatorActs acts)
{
    public SamplePage Page { get; private set; } = new();

    /// <summary>The closing whose reason is being typed.</summary>
    public ClosingRow? Doubted { get; private set; }

    public string Reason { get; set; } = "";

    public bool Busy { get; private set; }

    public ActOutcome? Outcome { get; private set; }

    public async Task ReadAsync(ListSampleRequest request, CancellationToken cancellation) =>
        Page = await queries.ListSampleAsync(request, cancellation);

    public void Doubt(ClosingRow row) => (Doubted, Reason, Outcome) = (row, "", null);

    public void Cancel() => Doubted = null;

    /// <summary>Returns the ledger's size to read at; 0: nothing was done.</summary>
    public async Task<ulong> SayAsync(ClosingRow row, bool agrees)
    {
        if (Busy || !agrees && Reason.Trim().Length == 0)
            return 0;
        Busy = true;
        Outcome = await acts.SampleAsync(row, agrees, agrees ? "" : Reason.Trim());
        Busy = false;
        if (Outcome.IsDone)
            Doubted = null; // a refusal leaves what was typed
        return Outcome.LedgerSize;
    }
}
