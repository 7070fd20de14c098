using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases.Deadlines;

/// <summary>
/// Says into the ledger that time has passed marks of clocks: each mark once. It holds nothing itself.
/// </summary>
/// <remarks>
/// The clock table gives what is due, the case's own state says what is owed, and the fact carries the version of the case's clocks it was read at:
/// a second one for the same mark is refused by the sequencer, whoever writes it. A crash between two facts leaves the rest due; the next tick finds it.
/// </remarks>
internal sealed class DeadlineClock(IClockQueries clocks, IProcedureQueries procedure, DeadlineLedger ledger)
{
    /// <summary>Facts that wait for one flush together.</summary>
    private const int BatchCases = 256;

    /// <summary>Tells every mark at or before the instant. Returns how many were told; what the ledger refused is due at the next tick.</summary>
    public async Task<int> TickAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        int told = 0;
        while (clocks.Due(now, 1).Count > 0)
        {
            // What was told and is not folded yet is still in the table.
            await ledger.CatchUpAsync(cancellation);
            string[] due = [.. clocks.Due(now, BatchCases).Select(clock => clock.CaseId).Distinct()];
            int[] written = await Task.WhenAll(due.Select(caseId => TellAsync(caseId, now, cancellation)));
            told += written.Sum();
            if (written.Sum() == 0)
                return told;
        }

        return told;
    }

    private async Task<int> TellAsync(string caseId, DateTimeOffset now, CancellationToken cancellation)
    {
        int told = 0;
        if (procedure.Find(caseId) is not { } subject)
            return told;
        ulong version = subject.ClockVersion;
        foreach (ClockReached reached in ClockPolicy.Reached(subject, now))
        {
            FactOutcome outcome = await ledger.Appender.AppendAsync(LeafOrigin.Ledger, ToRecord(reached, version++), cancellation);
            if (outcome.Outcome.Refusal is { Code: RefusalCode.Conflict or RefusalCode.Busy })
                return told; // somebody was before us, or there is no room: seen anew at the next tick
            if (outcome.Outcome.Refusal is { } refusal)
                throw new InvalidOperationException($"{caseId}: {refusal.Detail}");
            told++;
        }

        return told;
    }

    private static Record ToRecord(ClockReached reached, ulong version) => new()
    {
        Sensitivity = Sensitivity.Internal,
        Preconditions = { new StreamPrecondition { Stream = CaseStream.Clocks(reached.CaseId), ExpectedVersion = version } },
        ClockReached = reached,
    };
}
