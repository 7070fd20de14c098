namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>
/// How much of the ledger every query reflects: the lowest of the projections' cursors. The readings' has a word of its own: it is the one whose
/// rebuild takes hours, and no alert, act or case may wait for it.
/// </summary>
internal interface IProjectionFeed
{
    ulong ProjectedSize { get; }

    /// <summary>Completes at the next move of any projection. Take it before reading the size.</summary>
    Task NextMove { get; }

    /// <summary>Returns when every projection but the readings' has committed entries 0..size-1.</summary>
    ValueTask WaitForAsync(ulong size, CancellationToken cancellation);

    /// <summary>How much of the ledger the queries of stations and readings reflect.</summary>
    ulong ReadingsSize { get; }

    /// <summary>As <see cref="WaitForAsync"/>, for the readings alone.</summary>
    ValueTask WaitForReadingsAsync(ulong size, CancellationToken cancellation);
}
