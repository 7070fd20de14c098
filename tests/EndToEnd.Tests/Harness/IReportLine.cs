using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EndToEnd.Tests.Harness;

/// <summary>Report by one of the service's doors, as a client of ours would speak it: requests out, an answer to each in their order.</summary>
internal interface IReportLine : IDisposable
{
    /// <summary>Also again, after a connection has ended.</summary>
    Task OpenAsync(string producer, CancellationToken cancellation);

    Task SendAsync(ReportRequest request, CancellationToken cancellation);

    Task<ReportResponse> ReadAsync(CancellationToken cancellation);
}
