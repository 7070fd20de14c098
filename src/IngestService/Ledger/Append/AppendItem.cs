using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>
/// One append on its way through the queue: what was asked, and what the sequencer made of it. Either a finished request, or
/// a draft of the service's own that gets its number, and so its bytes, only when it is taken. A device's message is bytes already,
/// and its sink is answered in place of a ticket.
/// </summary>
internal sealed class AppendItem
{
    private readonly AppendTicket? _ticket;

    public AppendItem(AppendRequest request)
    {
        Request = request;
        _ticket = new AppendTicket();
    }

    public AppendItem(LeafOrigin origin, Record draft)
    {
        DraftOrigin = origin;
        Draft = draft;
        _ticket = new AppendTicket();
    }

    public AppendItem(in MessageDraft message) => Message = message;

    public AppendTicket Ticket => _ticket ?? throw new InvalidOperationException("A message is answered through its sink.");

    /// <summary>Its sink is null for everything that is not a message.</summary>
    public MessageDraft Message { get; }

    public bool IsMessage => _ticket is null;

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

    public int SizeBytes => IsMessage ? Message.Envelope.Length : Request?.Envelope.Length ?? Draft?.CalculateSize() ?? 0;

    /// <summary>For a message, once it is durable or refused.</summary>
    public void AnswerSink()
    {
        if (Refusal is not null)
            Message.Sink.Refused(Message.Token, Refusal);
        else if (Staged is not null)
            Message.Sink.Appended(Message.Token, new EntryIndex(Staged.Index));
        else
            throw new InvalidOperationException("The message was not decided.");
    }

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
