using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>A report of the front end that a rule decided, and where it lies. Its identity says what came into force before it.</summary>
internal sealed record FrontEndReport(ulong EntryIndex, RecordIdentity Identity, string SourceDevice, FieldAlert Alert)
{
    /// <summary>Null: no rule decided it.</summary>
    public static FrontEndReport? Of(ulong entryIndex, Record? record) => record is { FieldAlert: { Basis: not null } alert, Identity: { } identity }
        ? new FrontEndReport(entryIndex, identity, record.SourceDevice, alert)
        : null;
}
