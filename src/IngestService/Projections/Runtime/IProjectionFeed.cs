namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>How much of the ledger every query reflects: the lowest of the projections' cursors.</summary>
internal interface IProjectionFeed
{
    ulong ProjectedSize { get; }

    /// <summary>Completes at the next move of any projection. Take it before reading the size.</summary>
    Task NextMove { get; }

    /// <summary>Returns when every projection has committed entries 0..size-1.</summary>
    ValueTask WaitForAsync(ulong size, CancellationToken cancellation);
}
