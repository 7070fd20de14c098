using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>
/// Who waits for messages, one object for many of them: the token says which. Called on the sequencer's thread, after the flush:
/// an implementation notes the answer and does its work elsewhere.
/// </summary>
internal interface IMessageSink
{
    /// <summary>Durable at this index.</summary>
    void Appended(int token, EntryIndex index);

    void Refused(int token, RefusalDetail refusal);

    /// <summary>Whether it was written is not known, and nothing will be any more.</summary>
    void Failed(int token, Exception cause);

    /// <summary>What one flush had to say was said: the moment to wake up. May come more than once.</summary>
    void GroupEnded();
}
