using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;

namespace EdgeEnforcement.IngestService.Cases.Deadlines;

/// <summary>Where the deadlines' facts go, and how far what is read has to have come.</summary>
internal sealed record DeadlineLedger(ILedgerReader Reader, IProjectionFeed Feed, IFactAppender Appender)
{
    /// <summary>Every query shows what was durable when this was called.</summary>
    public ValueTask CatchUpAsync(CancellationToken cancellation) => Feed.WaitForAsync(Reader.DurableSize, cancellation);
}
