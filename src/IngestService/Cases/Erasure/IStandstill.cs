namespace EdgeEnforcement.IngestService.Cases.Erasure;

/// <summary>
/// The clerk, as an erasure needs him: he decides nothing while a deletion leaf comes in, so that no decision of his rests on content
/// that is gone a moment later, and the leaf can say for ever where he stood.
/// </summary>
internal interface IStandstill
{
    /// <summary>Returns when he stands still, with every fact of what he decided in the ledger.</summary>
    Task<Standstill> BeginAsync(CancellationToken cancellation);
}
