using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Projections.Media;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Desk.Queries;

/// <summary>What the duty room sees first. Limits are those of desk.proto.</summary>
internal sealed class DutyBoardQuery(
    ProjectedSize projected, IAlertQueries alerts, ICaseQueries cases, IMediaQueries media, FleetQuery fleet, LedgerState ledger)
{
    private const int UnacknowledgedRows = 100;
    private const int OtherRows = 50;

    public async Task<DutyBoard> RunAsync(DutyBoardRequest request, CancellationToken cancellation)
    {
        DutyBoard board = new() { ProjectedSize = await projected.AtLeastAsync(request.AtLeast, cancellation) };
        board.Unacknowledged.AddRange(alerts.Unacknowledged(UnacknowledgedRows));
        board.UnacknowledgedCount = (uint)alerts.CountUnacknowledged();
        board.OverdueCount = (uint)alerts.CountOverdue();
        board.Leads.AddRange(alerts.OpenLeads(OtherRows));
        board.LeadCount = (uint)alerts.CountOpenLeads();
        board.Cases.AddRange(cases.List(long.MaxValue, OtherRows).Select(item => item.Row));
        board.CaseCount = (uint)cases.Count();
        board.Arrived.AddRange(media.List(long.MaxValue, OtherRows, unattachedOnly: false));
        board.MediaCount = (uint)media.Count();
        board.Fleet.AddRange(fleet.Stations());
        board.Presence = fleet.Presence();
        board.DurableSize = ledger.DurableSize;
        board.CheckpointNote = ledger.CheckpointNote;
        return board;
    }
}
