using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Desk.Feed;
using EdgeEnforcement.IngestService.Desk.Queries;
using Grpc.Core;
using Contract = EdgeEnforcement.Contracts.V1.Desk;

namespace EdgeEnforcement.IngestService.Desk;

/// <summary>Queries only: each call waits until at_least is projected, then reads. Nothing here appends.</summary>
internal sealed class DeskRpc(
    DeskQueries queries, FeedStream feed, ILogger<DeskRpc> log) : Contract.DeskBase
{
    public override Task<DutyBoard> GetDutyBoard(DutyBoardRequest request, ServerCallContext context) =>
        AnswerAsync(queries.DutyBoard.RunAsync(request, context.CancellationToken), context);

    public override Task<AlertPage> ListAlerts(ListAlertsRequest request, ServerCallContext context) =>
        AnswerAsync(queries.Alerts.ListAsync(request, context.CancellationToken), context);

    public override Task<AlertDetail> GetAlert(GetAlertRequest request, ServerCallContext context) =>
        AnswerAsync(queries.Alerts.FindAsync(request, context.CancellationToken), context);

    public override Task<SamplePage> ListSample(ListSampleRequest request, ServerCallContext context) =>
        AnswerAsync(queries.Sample.ListAsync(request, context.CancellationToken), context);

    public override Task<CasePage> ListCases(ListCasesRequest request, ServerCallContext context) =>
        AnswerAsync(queries.Cases.ListAsync(request, context.CancellationToken), context);

    public override Task<CaseDetail> GetCase(GetCaseRequest request, ServerCallContext context) =>
        AnswerAsync(queries.Cases.FindAsync(request, context.CancellationToken), context);

    public override Task<MediaPage> ListMedia(ListMediaRequest request, ServerCallContext context) =>
        AnswerAsync(queries.Media.ListAsync(request, context.CancellationToken), context);

    public override Task<MediaDetail> GetMedia(GetMediaRequest request, ServerCallContext context) =>
        AnswerAsync(queries.Media.FindAsync(request, context.CancellationToken), context);

    public override Task<FleetPage> ListFleet(ListFleetRequest request, ServerCallContext context) =>
        AnswerAsync(queries.Fleet.ListAsync(request, context.CancellationToken), context);

    public override Task<PresencePage> ListPresence(ListPresenceRequest request, ServerCallContext context) =>
        AnswerAsync(queries.Fleet.ListPresenceAsync(request, context.CancellationToken), context);

    public override Task<ErasurePage> ListErasures(ListErasuresRequest request, ServerCallContext context) =>
        AnswerAsync(queries.Erasures.ListAsync(request, context.CancellationToken), context);

    public override Task<ErasureDetail> GetErasure(GetErasureRequest request, ServerCallContext context) =>
        AnswerAsync(queries.Erasures.FindAsync(request, context.CancellationToken), context);

    public override Task<StationPage> ListStations(ListStationsRequest request, ServerCallContext context) =>
        AnswerAsync(queries.Stations.ListAsync(request, context.CancellationToken), context);

    public override Task<StationDetail> GetStation(GetStationRequest request, ServerCallContext context) =>
        AnswerAsync(queries.Stations.FindAsync(request, context.CancellationToken), context);

    public override Task<SeriesAnswer> GetSeries(GetSeriesRequest request, ServerCallContext context) =>
        AnswerAsync(queries.Series.RunAsync(request, context.CancellationToken), context);

    public override Task WatchFeed(
        WatchFeedRequest request, IServerStreamWriter<FeedVersion> responseStream, ServerCallContext context) =>
        feed.RunAsync(responseStream, context.CancellationToken);

    private Task<T> AnswerAsync<T>(Task<T> query, ServerCallContext context) => DeskBoundary.AnswerAsync(query, context, log);
}
