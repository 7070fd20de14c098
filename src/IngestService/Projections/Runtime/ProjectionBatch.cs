namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>Entries that were read together, and those of them that say anything to one projection.</summary>
/// <param name="Entries">To be applied, in order; empty: the tables stay as they are.</param>
/// <param name="ReadCount">How many were read.</param>
/// <param name="Next">One above the last of them.</param>
/// <param name="LastLeaf">Leaf bytes of the last of them.</param>
internal readonly record struct ProjectionBatch(IReadOnlyList<ProjectedEntry> Entries, int ReadCount, ulong Next, ReadOnlyMemory<byte> LastLeaf);
