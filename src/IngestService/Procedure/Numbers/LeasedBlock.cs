using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Numbers;

/// <param name="Left">Numbers of it on no document and not void.</param>
internal sealed record LeasedBlock(string BlockId, NumberBlock Block, NumberHolder HolderKind, string Holder, ulong Entry, uint Left);
