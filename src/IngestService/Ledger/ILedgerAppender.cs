namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>
/// The one way to change anything. Waits for room (that wait is the back-pressure the doors hand on to their sockets), gives
/// tickets in the order of the calls; a ticket completes after the flush that covers its record, also for duplicates.
/// Throws <see cref="LedgerFatalException"/>, now and for ever after, once a write had an unknown outcome.
/// </summary>
internal interface ILedgerAppender
{
    /// <summary>True for a restored ledger: every append is refused, and the doors do not open what ends in one.</summary>
    bool IsReadOnly => false;

    ValueTask<AppendTicket> AppendAsync(AppendRequest request, CancellationToken cancellation);
}
