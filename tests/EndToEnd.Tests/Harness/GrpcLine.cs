using EdgeEnforcement.Contracts.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace EdgeEnforcement.EndToEnd.Tests.Harness;

/// <summary>The Report stream.</summary>
internal sealed class GrpcLine(GrpcChannel channel) : IReportLine
{
    private AsyncDuplexStreamingCall<ReportRequest, ReportResponse>? _call;

    private AsyncDuplexStreamingCall<ReportRequest, ReportResponse> Call => _call ?? throw new InvalidOperationException("not connected");

    public Task OpenAsync(string producer, CancellationToken cancellation)
    {
        _call?.Dispose();
        _call = new Report.ReportClient(channel).Stream(cancellationToken: cancellation);
        return Task.CompletedTask;
    }

    public Task SendAsync(ReportRequest request, CancellationToken cancellation) => Call.RequestStream.WriteAsync(request, cancellation);

    public async Task<ReportResponse> ReadAsync(CancellationToken cancellation) =>
        await Call.ResponseStream.MoveNext(cancellation)
            ? Call.ResponseStream.Current
            : throw new InvalidOperationException("the service ended the stream");

    public void Dispose() => _call?.Dispose();
}
