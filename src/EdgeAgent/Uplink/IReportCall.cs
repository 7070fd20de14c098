using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EdgeAgent.Uplink;

/// One exchange of the Report contract, whatever carries it: a hello first, then envelopes; one answer to each, in their order, with the
/// correlation of its request. A fault of what carries it is an RpcException or a TransientFaultException.
internal interface IReportCall : IDisposable
{
    ReportResponse Current { get; }

    /// Returns when there is room for the next.
    Task WriteAsync(ReportRequest request, CancellationToken cancellation);

    /// No more requests. The answers that are due still come, then the call ends.
    Task CompleteAsync();

    Task<bool> MoveNextAsync(CancellationToken cancellation);
}
