namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>The writing side of a projection while its file is open. Called by its pump only, inside the pump's transaction.</summary>
internal interface IProjectionTables : IDisposable
{
    void Apply(ProjectedEntry entry);

    /// <summary>The last call before the commit: what was gathered over the batch is written now.</summary>
    void EndBatch();
}
