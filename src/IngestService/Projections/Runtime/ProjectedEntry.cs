using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>
/// An entry as projections and the clerk see it. Record is null when the content was erased, could not be read, is a conflict
/// entry (kept as evidence of the conflict, never as content) or is of a type the reader did not ask for. PayloadSha256 is there
/// for manifests only: the name under which they are chained and labelled.
/// </summary>
internal sealed record ProjectedEntry(ulong Index, Leaf Leaf, long IngestMicros, Record? Record, ReadOnlyMemory<byte> PayloadSha256)
{
    public required ReadOnlyMemory<byte> LeafBytes { get; init; }

    /// <summary>Lawfully deleted: only the leaf is left.</summary>
    public bool IsErased { get; init; }
}
