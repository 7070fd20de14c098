using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>
/// Hands drafts to the sequencer, which numbers them as it takes them: numbers follow the order of the ledger, and a refused
/// fact has taken none.
/// </summary>
internal sealed class FactAppender(LedgerAppender appender) : IFactAppender
{
    // Room for the number the sequencer gives and for the envelope around it.
    private const int LargestDraftBytes = EnvelopeReader.MaxBytes - 256;

    private static readonly RefusalDetail TooLarge =
        new(RefusalCode.TooLarge, $"the fact's texts are too long: at most {LargestDraftBytes} bytes are taken");

    public Task<FactOutcome> AppendAsync(LeafOrigin origin, Record record, CancellationToken cancellation) =>
        AppendAsync(origin, record, seenSize: null, cancellation);

    public Task<FactOutcome> AppendIfSeenAsync(LeafOrigin origin, Record record, ulong seenSize, CancellationToken cancellation) =>
        AppendAsync(origin, record, seenSize, cancellation);

    private async Task<FactOutcome> AppendAsync(LeafOrigin origin, Record record, ulong? seenSize, CancellationToken cancellation)
    {
        if (origin is not (LeafOrigin.Operator or LeafOrigin.Ledger))
            throw new ArgumentOutOfRangeException(nameof(origin), origin, "Only 'desk' and 'ledger' are numbered here.");
        // An entry that no reader opens again would be in the ledger for ever: texts of people and devices are measured before they are in.
        if (record.CalculateSize() > LargestDraftBytes)
            return new FactOutcome(new AppendOutcome(null, TooLarge), default);
        // The sequencer reads it on its own thread; what the caller does with his copy meanwhile is his affair.
        var item = new AppendItem(origin, record.Clone()) { SeenSize = seenSize };
        await appender.EnqueueAsync(item, cancellation);
        var outcome = await item.Ticket.Outcome;
        return new FactOutcome(outcome, outcome.Refusal is null ? item.Request?.Envelope ?? default : default);
    }
}
