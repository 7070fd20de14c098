using EdgeEnforcement.Contracts.V1;
using Grpc.Core;

namespace EdgeEnforcement.OperatorConsole.Tests.Fake;

internal sealed class FakeDesk(FakeWorld world) : Contracts.V1.Desk.DeskBase
{
    public override Task<DutyBoard> GetDutyBoard(DutyBoardRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            var board = new DutyBoard { ProjectedSize = world.Book.Size, DurableSize = world.Book.Size };
            board.Unacknowledged.AddRange(world.Alerts.Values.Select(alert => alert.Row).Where(row => row.State == AlertState.New).OrderBy(row => row.IngestedAt).Take(100));
            board.UnacknowledgedCount = (uint)board.Unacknowledged.Count;
            board.Leads.AddRange(world.Alerts.Values.Select(alert => alert.Row)
                .Where(row => row.State == AlertState.Lead && world.Cases.Values.All(detail => detail.Row.LeadNumber != row.LeadNumber)));
            board.LeadCount = (uint)board.Leads.Count;
            board.Cases.AddRange(world.Cases.Values.Select(detail => detail.Row));
            board.CaseCount = (uint)board.Cases.Count;
            board.Arrived.AddRange(world.Media.Values.Select(detail => detail.Row).OrderByDescending(row => row.ManifestIndex));
            board.MediaCount = (uint)board.Arrived.Count;
            board.Fleet.AddRange(world.Fleet);
            board.Presence = Counts();
            return Task.FromResult(board.Clone()); // serialised outside the lock
        }
    }

    public override Task<AlertPage> ListAlerts(ListAlertsRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            var skip = request.Page.Length == 0 ? 0 : int.Parse(request.Page);
            var rows = world.Alerts.Values.Select(alert => alert.Row)
                .Where(row => request.States.Count == 0 || request.States.Contains(row.State)).OrderByDescending(row => row.IngestedAt).ToList();
            var page = new AlertPage { ProjectedSize = world.Book.Size, NextPage = rows.Count > skip + request.PageSize ? $"{skip + request.PageSize}" : "" };
            page.Rows.AddRange(rows.Skip(skip).Take((int)request.PageSize));
            return Task.FromResult(page.Clone());
        }
    }

    public override Task<AlertDetail> GetAlert(GetAlertRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            var detail = Found(world.Alerts, request.AlertId).Clone();
            detail.ProjectedSize = world.Book.Size;
            return Task.FromResult(detail);
        }
    }

    public override Task<CasePage> ListCases(ListCasesRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            if (world.BusyCaseLists-- > 0)
                throw new RpcException(new Status(StatusCode.DeadlineExceeded, "busy"));
            var page = new CasePage { ProjectedSize = world.Book.Size };
            page.Rows.AddRange(world.Cases.Values.Select(detail => detail.Row));
            return Task.FromResult(page.Clone());
        }
    }

    public override Task<CaseDetail> GetCase(GetCaseRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            var detail = Found(world.Cases, request.CaseId).Clone();
            detail.ProjectedSize = world.Book.Size;
            return Task.FromResult(detail);
        }
    }

    public override Task<MediaPage> ListMedia(ListMediaRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            var page = new MediaPage { ProjectedSize = world.Book.Size };
            page.Rows.AddRange(world.Media.Values.Select(detail => detail.Row).Where(row => !request.UnattachedOnly || row.CaseIds.Count == 0));
            return Task.FromResult(page.Clone());
        }
    }

    public override Task<MediaDetail> GetMedia(GetMediaRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            var detail = Found(world.Media, request.ManifestIndex).Clone();
            detail.ProjectedSize = world.Book.Size;
            return Task.FromResult(detail);
        }
    }

    public override Task<PresencePage> ListPresence(ListPresenceRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            var page = new PresencePage { ProjectedSize = world.Book.Size, Counts = Counts() };
            page.Rows.AddRange(world.Devices.Where(row => request.States.Count == 0 || request.States.Contains(row.State)));
            return Task.FromResult(page.Clone());
        }
    }

    private PresenceCounts Counts() => new()
    {
        Connected = (uint)world.Devices.Count(row => row.State == PresenceState.Connected),
        Suspect = (uint)world.Devices.Count(row => row.State == PresenceState.Suspect),
        Left = (uint)world.Devices.Count(row => row.Reason == PresenceReason.Left),
        Lost = (uint)world.Devices.Count(row => row.State == PresenceState.Offline && row.Reason != PresenceReason.Left),
    };

    public override Task<ErasurePage> ListErasures(ListErasuresRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            var page = new ErasurePage { ProjectedSize = world.Book.Size };
            page.Rows.AddRange(world.Erasures.All.Values.Select(detail => detail.Row).Reverse());
            return Task.FromResult(page.Clone());
        }
    }

    public override Task<ErasureDetail> GetErasure(GetErasureRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            var detail = Found(world.Erasures.All, request.ErasureId).Clone();
            detail.ProjectedSize = world.Book.Size;
            return Task.FromResult(detail);
        }
    }

    public override Task<StationPage> ListStations(ListStationsRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            var page = new StationPage { ProjectedSize = world.Book.Size };
            page.Rows.AddRange(world.Stations.All.Values.Select(detail => detail.Row).Where(row => row.Device.Contains(request.Search, StringComparison.OrdinalIgnoreCase)));
            return Task.FromResult(page.Clone());
        }
    }

    public override Task<StationDetail> GetStation(GetStationRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            var detail = Found(world.Stations.All, request.Device).Clone();
            detail.ProjectedSize = world.Book.Size;
            return Task.FromResult(detail);
        }
    }

    public override Task<SeriesAnswer> GetSeries(GetSeriesRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            world.Stations.Asked.Add(request);
            return Task.FromResult(world.Stations.Answer(request));
        }
    }

    public override async Task WatchFeed(WatchFeedRequest request, IServerStreamWriter<FeedVersion> responseStream, ServerCallContext context)
    {
        while (!context.CancellationToken.IsCancellationRequested)
        {
            Task changed;
            ulong size;
            lock (world.Gate)
                (changed, size) = (world.Changed.Task, world.Book.Size);
            await responseStream.WriteAsync(new FeedVersion { ProjectedSize = size, DurableSize = size, Findings = world.Findings, FirstFinding = world.Findings > 0 ? "media/objects/ab: other bytes" : "" });
            await changed.WaitAsync(context.CancellationToken);
        }
    }

    private static TValue Found<TKey, TValue>(Dictionary<TKey, TValue> table, TKey key) where TKey : notnull =>
        table.TryGetValue(key, out var value) ? value : throw new RpcException(new Status(StatusCode.NotFound, $"no {key}"));
}
