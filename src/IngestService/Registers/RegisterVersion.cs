using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>One version of a subject: an entry, or one line of an imported file (then the entry is the one that took the file in).</summary>
/// <param name="Line">Place within the entry or file.</param>
/// <param name="IngestMicros">Of the entry: when it was known.</param>
/// <param name="FromMicros">As it holds: an ordinary version never holds before it was known, whatever it says.</param>
/// <param name="UntilMicros">Exclusive; <see cref="long.MaxValue"/> is open.</param>
internal sealed record RegisterVersion(
    ulong Entry, uint Line, long IngestMicros, long FromMicros, long UntilMicros, RegisterChange Change, Actor Actor)
{
    /// <summary>Goes into acts; 0 is no version.</summary>
    public ulong Number => Entry + 1;

    public static RegisterVersion Of(ulong entry, uint line, long ingestMicros, RegisterChange change, Actor actor)
    {
        long from = Micros.Of(change.ValidFrom) ?? ingestMicros;
        return new RegisterVersion(entry, line, ingestMicros, change.Correction ? from : Math.Max(from, ingestMicros),
            Micros.Of(change.ValidUntil) ?? long.MaxValue, change, actor);
    }

    public bool Holds(long micros) => FromMicros <= micros && micros < UntilMicros;
}
