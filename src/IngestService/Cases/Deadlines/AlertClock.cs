using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Cases.Deadlines;

/// <summary>
/// Says into the ledger that an alert was not taken up in time (D-27): once an alert, whoever ticks, and whatever a clock says afterwards. It holds
/// nothing itself. The fact has a stream of its own: an act that comes in the same moment is not refused for it, and before it in the ledger it wins.
/// </summary>
internal sealed class AlertClock(IAlertQueries alerts, DeadlineLedger ledger)
{
    /// <summary>Facts that wait for one flush together.</summary>
    private const int Batch = 256;

    /// <summary>Tells every alert that was due at or before the instant. Returns how many; what the ledger refused is due at the next tick.</summary>
    public async Task<int> TickAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        int told = 0;
        while (alerts.Due(Micros.Of(now), 1).Count > 0)
        {
            // What was told, or taken up, and is not folded yet is still in the table.
            await ledger.CatchUpAsync(cancellation);
            bool[] written = await Task.WhenAll(alerts.Due(Micros.Of(now), Batch).Select(due => TellAsync(due, cancellation)));
            told += written.Count(isWritten => isWritten);
            if (!written.Contains(true))
                return told;
        }

        return told;
    }

    private async Task<bool> TellAsync(DueAlert due, CancellationToken cancellation)
    {
        Record fact = new()
        {
            Sensitivity = Sensitivity.Internal,
            Preconditions = { new StreamPrecondition { Stream = AlertStream.Clock(due.AlertId) } },
            AlertOverdue = new AlertOverdue { AlertId = due.AlertId, DueAt = Micros.ToTimestamp(due.DueMicros), RulesEntry = due.RulesEntry },
        };
        FactOutcome outcome = await ledger.Appender.AppendAsync(LeafOrigin.Ledger, fact, cancellation);
        return outcome.Outcome.Refusal switch
        {
            null => true,
            { Code: RefusalCode.Conflict or RefusalCode.Busy } => false,
            { } refusal => throw new InvalidOperationException($"{due.AlertId}: {refusal.Detail}"),
        };
    }
}
