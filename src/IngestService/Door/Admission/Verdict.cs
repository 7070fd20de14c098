using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>The verdict on one envelope: on to the ledger, refused, or kept in quarantine for the reason given.</summary>
internal readonly record struct Verdict(AppendRequest? Request, RefusalDetail? Refusal, RefusalDetail? Quarantine, ReadOnlyMemory<byte> Envelope);
