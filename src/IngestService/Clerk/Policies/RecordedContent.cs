using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>How something that an alert names stood in the ledger at one entry.</summary>
internal enum RecordedState
{
    Missing,
    Erased,
    There,
}

/// <summary>Record is null unless it is there; and even then where it cannot be read.</summary>
internal readonly record struct RecordedContent(RecordedState State, Record? Record);
