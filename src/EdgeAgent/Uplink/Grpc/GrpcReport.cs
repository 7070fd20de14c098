using EdgeEnforcement.Contracts.V1;
using Grpc.Core;

namespace EdgeEnforcement.EdgeAgent.Uplink.Grpc;

/// Report as gRPC has it: a call is a stream of the one channel, which connects when it is used.
internal sealed class GrpcReport(CentreChannel centre) : IReportTransport, IReportConnection
{
    public string Name => "gRPC";

    public Task<IReportConnection> ConnectAsync(CancellationToken cancellation) => Task.FromResult<IReportConnection>(this);

    public IReportCall Open(CancellationToken cancellation) => new Call(new Report.ReportClient(centre.Channel).Stream(cancellationToken: cancellation));

    /// The channel is the agent's.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Call(AsyncDuplexStreamingCall<ReportRequest, ReportResponse> call) : IReportCall
    {
        public ReportResponse Current => call.ResponseStream.Current;

        public Task WriteAsync(ReportRequest request, CancellationToken cancellation) => call.RequestStream.WriteAsync(request, cancellation);

        public Task CompleteAsync() => call.RequestStream.CompleteAsync();

        public Task<bool> MoveNextAsync(CancellationToken cancellation) => call.ResponseStream.MoveNext(cancellation);

        public void Dispose() => call.Dispose();
    }
}
