using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Fleet;

namespace EdgeEnforcement.IngestService.Desk.Queries;

/// <summary>Stations, and devices that are connected or not.</summary>
internal sealed class FleetQuery(ProjectedSize projected, IFleetQueries fleet, IPresenceQueries presence)
{
    public IReadOnlyList<FleetRow> Stations() => fleet.List();

    public PresenceCounts Presence() => presence.Count();

    public async Task<FleetPage> ListAsync(ListFleetRequest request, CancellationToken cancellation)
    {
        FleetPage page = new() { ProjectedSize = await projected.AtLeastAsync(request.AtLeast, cancellation) };
        page.Rows.AddRange(fleet.List());
        return page;
    }

    public async Task<PresencePage> ListPresenceAsync(ListPresenceRequest request, CancellationToken cancellation)
    {
        int rows = PageToken.Rows(request.PageSize);
        PageToken token = PageToken.Parse(request.Page);
        PresencePage page = new() { ProjectedSize = await projected.AtLeastAsync(request.AtLeast, cancellation), Counts = presence.Count() };
        HashSet<PresenceState> states = [.. request.States.Where(Enum.IsDefined)];
        IReadOnlyList<(ulong Position, PresenceRow Row)> found = presence.List(token.Before, rows, states);
        page.Rows.AddRange(found.Select(item => item.Row));
        page.NextPage = PageToken.Next(found.Count, rows, found.Count == 0 ? 0 : found[^1].Position);
        return page;
    }
}
