using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Hosting;
using Grpc.Core;
using Microsoft.Extensions.Options;
using DeskClient = EdgeEnforcement.Contracts.V1.Desk.DeskClient;

namespace EdgeEnforcement.OperatorConsole.Desk.Queries;

/// <summary>The service's queries with the console's patience. Failures come out as RpcException and are shown by the page.</summary>
public sealed class DeskQueries(DeskClient client, IOptions<ConsoleOptions> options, TimeProvider time)
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.QuerySeconds);

    public async Task<DutyBoard> GetDutyBoardAsync(ulong atLeast, CancellationToken cancellation) =>
        await client.GetDutyBoardAsync(new DutyBoardRequest { AtLeast = atLeast }, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<AlertPage> ListAlertsAsync(ListAlertsRequest request, CancellationToken cancellation) =>
        await client.ListAlertsAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<AlertDetail> GetAlertAsync(string alertId, ulong atLeast, CancellationToken cancellation) =>
        await client.GetAlertAsync(new GetAlertRequest { AlertId = alertId, AtLeast = atLeast }, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<SamplePage> ListSampleAsync(ListSampleRequest request, CancellationToken cancellation) =>
        await client.ListSampleAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<CasePage> ListCasesAsync(ListCasesRequest request, CancellationToken cancellation) =>
        await client.ListCasesAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<CaseDetail> GetCaseAsync(string caseId, ulong atLeast, CancellationToken cancellation) =>
        await client.GetCaseAsync(new GetCaseRequest { CaseId = caseId, AtLeast = atLeast }, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<MediaPage> ListMediaAsync(ListMediaRequest request, CancellationToken cancellation) =>
        await client.ListMediaAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<MediaDetail> GetMediaAsync(ulong manifestIndex, ulong atLeast, CancellationToken cancellation) =>
        await client.GetMediaAsync(new GetMediaRequest { ManifestIndex = manifestIndex, AtLeast = atLeast }, Patiently(cancellation))
            .ConfigureAwait(false);

    public async Task<PresencePage> ListPresenceAsync(ListPresenceRequest request, CancellationToken cancellation) =>
        await client.ListPresenceAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<ErasurePage> ListErasuresAsync(ListErasuresRequest request, CancellationToken cancellation) =>
        await client.ListErasuresAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<ErasureDetail> GetErasureAsync(string erasureId, ulong atLeast, CancellationToken cancellation) =>
        await client.GetErasureAsync(new GetErasureRequest { ErasureId = erasureId, AtLeast = atLeast }, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<StationPage> ListStationsAsync(ListStationsRequest request, CancellationToken cancellation) =>
        await client.ListStationsAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<StationDetail> GetStationAsync(string device, ulong atLeast, CancellationToken cancellation) =>
        await client.GetStationAsync(new GetStationRequest { Device = device, AtLeast = atLeast }, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<SeriesAnswer> GetSeriesAsync(GetSeriesRequest request, CancellationToken cancellation) =>
        await client.GetSeriesAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    private CallOptions Patiently(CancellationToken cancellation) =>
        new(deadline: (time.GetUtcNow() + _patience).UtcDateTime, cancellationToken: cancellation);
}
