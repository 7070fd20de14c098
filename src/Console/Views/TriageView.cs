using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Actions;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using Grpc.Core;

namespace EdgeEnforcement.OperatorConsole.Views;

/// <summary>
/// One key and a reason: what the operator does to one alert, the same on the board, in the list and on the alert's own page.
/// At most one act is under way; keys that come meanwhile do nothing, so that a second press never hits the next alert.
/// </summary>
public sealed class TriageView(OperatorActs acts, DeskQueries queries, LastClosing lastClosing)
{
    public TriageMode Mode { get; private set; }

    /// <summary>The alert as the operator saw it when the act began; its version goes into the act.</summary>
    public AlertRow? Subject { get; private set; }

    public string Reason { get; set; } = "";

    public string Remark { get; set; } = "";

    public bool Busy { get; private set; }

    public TriageNotice? Notice { get; private set; }

    public bool CanUndo => lastClosing.Exists;

    /// <summary>Set by the page: reads again, at least to this ledger size, after an act.</summary>
    public Func<ulong, Task> Reread { get; set; } = _ => Task.CompletedTask;

    public void BeginClose(AlertRow seen)
    {
        if (!Busy && seen.State is AlertState.New or AlertState.Acknowledged)
            (Mode, Subject, Remark, Notice) = (TriageMode.Closing, seen, "", null);
    }

    public void BeginLead(AlertRow seen)
    {
        // A hazard goes to flood control and a device alert to the workshop: neither becomes a case.
        if (!Busy && seen.Kind == AlertKind.SuspectedViolation && seen.State is AlertState.New or AlertState.Acknowledged)
            (Mode, Subject, Reason, Notice) = (TriageMode.MakingLead, seen, "", null);
    }

    public void Cancel() => (Mode, Subject) = (TriageMode.Ready, null);

    public void DismissNotice() => Notice = null;

    public Task AcknowledgeAsync(AlertRow seen) =>
        seen.State == AlertState.New ? ActAsync("acknowledge", seen, () => acts.AcknowledgeAsync(seen)) : Task.CompletedTask;

    public Task CloseAsync(CloseReason reason) =>
        Mode == TriageMode.Closing && Subject is { } seen && reason != CloseReason.Unspecified
            ? ActAsync("close", seen, () => acts.CloseAsync(seen, reason, Remark.Trim()))
            : Task.CompletedTask;

    public Task RegisterLeadAsync() =>
        Mode == TriageMode.MakingLead && Subject is { } seen && Reason.Trim().Length > 0
            ? ActAsync("lead", seen, () => acts.RegisterLeadAsync(seen, Reason.Trim()))
            : Task.CompletedTask;

    public Task UndoAsync()
    {
        if (!lastClosing.Exists)
            return Task.CompletedTask;
        var closed = new AlertRow { AlertId = lastClosing.AlertId, Title = lastClosing.Title, Version = lastClosing.Version, State = AlertState.Closed };
        return ActAsync("reopen", closed, () => acts.ReopenAsync(closed.AlertId, closed.Version, ""));
    }

    private async Task ActAsync(string act, AlertRow seen, Func<Task<ActOutcome>> perform)
    {
        if (Busy)
            return;
        Busy = true;
        ActOutcome outcome;
        try
        {
            outcome = await perform();
            Notice = new TriageNotice(act, outcome, seen.Title, seen);
            switch (outcome.Result)
            {
                case ActResult.Done:
                    Remember(act, seen, outcome);
                    Cancel();
                    break;
                case ActResult.Conflict or ActResult.Unknown:
                    await ExplainAsync(act, seen, outcome);
                    Cancel();
                    break;
                case ActResult.Refused or ActResult.NobodyActs:
                    break; // the reason typed stays, so that it can be mended
            }
        }
        finally
        {
            Busy = false;
        }
        // The act is over: 'u' may come while the board is still reading. A key for the row that is about to go is refused as a conflict.
        await Reread(outcome.LedgerSize);
    }

    private void Remember(string act, AlertRow seen, ActOutcome outcome)
    {
        if (act == "close")
            lastClosing.Remember(seen.AlertId, seen.Title, outcome.Version);
        else if (seen.AlertId == lastClosing.AlertId)
            lastClosing.Forget();
    }

    private async Task ExplainAsync(string act, AlertRow seen, ActOutcome outcome)
    {
        if (act == "reopen")
            lastClosing.Forget(); // somebody reopened it or went on: there is nothing left to take back
        try
        {
            var now = await queries.GetAlertAsync(seen.AlertId, 0, CancellationToken.None);
            Notice = new TriageNotice(act, outcome, seen.Title, seen, now.Row, now.Timeline.LastOrDefault());
        }
        catch (RpcException)
        {
            // The notice without the explanation stands; the page's own read says that the service is away.
        }
    }
}
