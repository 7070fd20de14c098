using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Clerk.State;

/// <summary>
/// What a recovery found in the ledger of the entry that is decided again. The rules of today may decide it otherwise than those of the
/// release that said this: what is there stays, and is not said a second time in other words.
/// </summary>
/// <param name="Entry">The entry.</param>
/// <param name="Through">The number of the last of its facts.</param>
/// <param name="Facts">Those that were not erased.</param>
internal sealed record SaidFacts(ulong Entry, ulong Through, IReadOnlyList<Record> Facts);
