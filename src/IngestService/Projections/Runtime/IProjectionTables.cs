using EdgeEnforcement.IngestService.Ledger.Erasure;

namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>The writing side of a projection while its file is open. Called by its pump only, inside the pump's transaction.</summary>
internal interface IProjectionTables : IDisposable
{
    void Apply(ProjectedEntry entry);

    /// <summary>
    /// Whether anything of these entries may be in the tables. A projection that does not know says yes, and is folded again after every erasure;
    /// one whose rebuild takes hours had better know.
    /// </summary>
    bool MayHold(IReadOnlyList<IndexRange> entries) => true;

    /// <summary>The last call before the commit: what was gathered over the batch is written now.</summary>
    void EndBatch();
}
