using System.Threading.Channels;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>The way into the sequencer's queue. What the leaf's format cannot hold is turned away here: past this point an exception stops the shard.</summary>
internal sealed class LedgerAppender(GroupCommitQueue<AppendItem> queue) : ILedgerAppender, IMessageAppender
{
    public async ValueTask<AppendTicket> AppendAsync(AppendRequest request, CancellationToken cancellation)
    {
        var item = new AppendItem(request);
        if (Refuse(request) is { } refusal)
            item.Ticket.Complete(new AppendOutcome(null, refusal));
        else
            await EnqueueAsync(item, cancellation);
        return item.Ticket;
    }

    public ValueTask AppendAsync(in MessageDraft draft, CancellationToken cancellation)
    {
        if (draft.Envelope.Length <= EnvelopeReader.MaxBytes)
            return EnqueueAsync(new AppendItem(draft), cancellation);
        draft.Sink.Refused(draft.Token, new RefusalDetail(RefusalCode.TooLarge, $"the message is kept in {draft.Envelope.Length} bytes, at most {EnvelopeReader.MaxBytes} are taken"));
        draft.Sink.GroupEnded();
        return ValueTask.CompletedTask;
    }

    internal ValueTask EnqueueAsync(AppendItem item, CancellationToken cancellation) =>
        queue.TryEnqueue(item) ? ValueTask.CompletedTask : EnqueueWhenThereIsRoomAsync(item, cancellation);

    private async ValueTask EnqueueWhenThereIsRoomAsync(AppendItem item, CancellationToken cancellation)
    {
        try
        {
            await queue.EnqueueAsync(item, cancellation);
        }
        catch (ChannelClosedException e)
        {
            throw e.InnerException as LedgerFatalException
                ?? new LedgerFatalException($"The ledger takes nothing more: {e.InnerException?.Message ?? "it was closed"}", e.InnerException);
        }
    }

    private static RefusalDetail? Refuse(AppendRequest request)
    {
        var identity = request.Identity;
        if (!RecordIdentities.IsWellFormed(identity))
            return new RefusalDetail(RefusalCode.BadIdentity, "producer, epoch, class or sequence is out of its range");
        if (request.Origin == LeafOrigin.Producer && FactEnvelope.IsReserved(identity.Producer))
            return new RefusalDetail(RefusalCode.BadIdentity, $"'{identity.Producer}' is the service's own producer");
        if (request.Origin == LeafOrigin.Producer && request.Preconditions.Count > 0)
            return new RefusalDetail(RefusalCode.Malformed, "producers set no preconditions");
        if (request.Envelope.Length > EnvelopeReader.MaxBytes)
            return new RefusalDetail(RefusalCode.TooLarge, $"the envelope has {request.Envelope.Length} bytes, at most {EnvelopeReader.MaxBytes} are taken");
        return null;
    }
}
