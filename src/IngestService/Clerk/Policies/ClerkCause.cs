using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>The entry a fact comes from: all that a decision may know of time and place beside its content.</summary>
internal sealed record ClerkCause(ulong EntryIndex, long IngestMicros, string Producer, string SourceDevice)
{
    public Cause Of(string rule) => new() { EntryIndex = EntryIndex, Rule = rule };
}
