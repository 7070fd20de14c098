using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>
/// Hands drafts to the sequencer, which numbers them as it takes them: numbers follow the order of the ledger, and a refused
/// fact has taken none.
/// </summary>
internal sealed class FactAppender(LedgerAppender appender) : IFactAppender
{
    public async Task<FactOutcome> AppendAsync(LeafOrigin origin, Record record, CancellationToken cancellation)
    {
        if (origin is not (LeafOrigin.Operator or LeafOrigin.Ledger))
            throw new ArgumentOutOfRangeException(nameof(origin), origin, "Only 'desk' and 'ledger' are numbered here.");
        // The sequencer reads it on its own thread; what the caller does with his copy meanwhile is his affair.
        var item = new AppendItem(origin, record.Clone());
        await appender.EnqueueAsync(item, cancellation);
        var outcome = await item.Ticket.Outcome;
        return new FactOutcome(outcome, outcome.Refusal is null ? item.Request?.Envelope ?? default : default);
    }
}
