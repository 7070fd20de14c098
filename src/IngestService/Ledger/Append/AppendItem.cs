using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>
/// One append on its way through the queue: what was asked, and what the sequencer made of it. Either a finished request, or
/// a draft of the service's own that gets its number, and so its bytes, only when it is taken.
/// </summary>
internal sealed class AppendItem
{
    public AppendItem(AppendRequest request) => Request = request;

    public AppendItem(LeafOrigin origin, Record draft)
    {
        DraftOrigin = origin;
        Draft = draft;
    }

    public AppendTicket Ticket { get; } = new();

    public LeafOrigin DraftOrigin { get; }

    public Record? Draft { get; }

    /// <summary>Set from the start, or by the sequencer for a draft it takes.</summary>
    public AppendRequest? Request { get; set; }

    /// <summary>A draft decided on everything below this size: refused if content came since.</summary>
    public ulong? SeenSize { get; init; }

    public RefusalDetail? Refusal { get; set; }

    /// <summary>Answered with the receipt of an entry of the same group, durable together with it.</summary>
    public StagedEntry? Staged { get; set; }

    /// <summary>Answered with the receipt of an entry that was durable before.</summary>
    public LedgerEntry? Known { get; set; }

    public ReceiptCode Code { get; set; }

    public int SizeBytes => Request?.Envelope.Length ?? Draft?.CalculateSize() ?? 0;

    public AppendOutcome OutcomeAt(ulong durableSize)
    {
        if (Refusal is not null)
            return new AppendOutcome(null, Refusal);
        if (Staged is not null)
            return new AppendOutcome(
                new AppendReceipt(new EntryIndex(Staged.Index), durableSize, Staged.Leaf, Staged.Salt, Code), null);
        if (Known is not null)
            return new AppendOutcome(new AppendReceipt(Known.Index, durableSize, Known.LeafBytes, Known.Salt, Code), null);
        throw new InvalidOperationException("The item was not decided.");
    }
}
