namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>
/// Appends what devices without identity sent, numbered by the sequencer under the producer "door". Waits for room, not for the
/// outcome: the sink of each draft is told that, in the order of the calls.
/// </summary>
internal interface IMessageAppender
{
    ValueTask AppendAsync(in MessageDraft draft, CancellationToken cancellation);
}
