namespace EdgeEnforcement.EdgeAgent.Uplink;

/// A connection to the centre that carries Report calls side by side.
internal interface IReportConnection : IAsyncDisposable
{
    IReportCall Open(CancellationToken cancellation);
}
