using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>
/// Appends facts of the service's own producers "desk" (operators' acts) and "ledger", numbering them one after another: a
/// refused fact takes no number. The clerk numbers its own facts (they are deterministic) and uses the appender directly.
/// </summary>
internal interface IFactAppender
{
    /// <summary>The body and the preconditions are the caller's; identity is filled in here.</summary>
    Task<FactOutcome> AppendAsync(LeafOrigin origin, Record record, CancellationToken cancellation);

    /// <summary>
    /// As above, for a fact decided on everything below <paramref name="seenSize"/>: if an entry other than readings and status came
    /// since, it is refused with BUSY and the caller decides again.
    /// </summary>
    Task<FactOutcome> AppendIfSeenAsync(LeafOrigin origin, Record record, ulong seenSize, CancellationToken cancellation);
}

/// <summary>The outcome together with the envelope bytes that were appended.</summary>
internal sealed record FactOutcome(AppendOutcome Outcome, ReadOnlyMemory<byte> Envelope);
