using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Clerk;

/// <summary>The facts of one batch on their way into the ledger, in the order they were decided.</summary>
internal sealed class FactQueue(ILedgerAppender appender, ILogger log, TimeProvider time)
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly List<PendingFact> _pending = [];
    private readonly Dictionary<string, PendingFact> _opening = [];

    public int Count => _pending.Count;

    /// <summary>Not awaited until it is durable; but an update waits for its alert's opening (<see cref="ClerkPump"/>).</summary>
    public async Task AppendAsync(Record fact, CancellationToken cancellation)
    {
        if (fact.AlertUpdated is { } updated && _opening.Remove(updated.AlertId, out PendingFact? first))
            await SettleAsync(first, cancellation);
        AppendRequest request = FactEnvelope.ToRequest(LeafOrigin.Clerk, fact);
        PendingFact appended = new(request, await appender.AppendAsync(request, cancellation));
        _pending.Add(appended);
        if (fact.AlertOpened is { } opened)
            _opening[opened.AlertId] = appended;
    }

    /// <summary>On return every one of them is durable, or refused for good.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        foreach (PendingFact fact in _pending)
            await SettleAsync(fact, cancellation);
    }

    private async Task SettleAsync(PendingFact fact, CancellationToken cancellation)
    {
        while (true)
        {
            AppendOutcome outcome = await fact.Ticket.Outcome.WaitAsync(cancellation);
            if (outcome.Refusal is not { } refusal)
                return;
            if (RefusalMap.Of(refusal.Code).Permanent)
            {
                log.FactRefused(fact.Request.Identity.Sequence, refusal.Code, refusal.Detail);
                return;
            }

            await Task.Delay(RetryAfter, time, cancellation);
            fact.Ticket = await appender.AppendAsync(fact.Request, cancellation);
        }
    }

    private sealed class PendingFact(AppendRequest request, AppendTicket ticket)
    {
        public AppendRequest Request { get; } = request;

        public AppendTicket Ticket { get; set; } = ticket;
    }
}
