using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Desk.Queries;
using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.IngestService.Registers;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Desk.Registers;

/// <summary>Which version an agent should run with, and what it said about those it met.</summary>
internal sealed class ConfigurationQuery(RegisterView view, IConfigurationReports reports)
{
    /// <summary>As far as it is projected: an agent that asks too early asks again.</summary>
    public CurrentConfigurationAnswer Current(string producer)
    {
        RegisterVersion? newest = view.Registers.Book.Find(RegisterKind.AgentConfiguration, producer)?.Newest;
        return new CurrentConfigurationAnswer { EntryIndex = newest is { Change.Ended: false } ? newest.Entry : 0 };
    }

    public async Task<ConfigurationReportPage> ReportsAsync(ListConfigurationReportsRequest request, CancellationToken cancellation)
    {
        (_, ulong size) = await view.CatchUpAsync(request.AtLeast, cancellation);
        (ulong entry, Timestamp? time) = reports.StatusOf(request.Producer);
        ConfigurationReportPage page = new() { ProjectedSize = size, StatusEntry = entry, StatusTime = time };
        page.Rows.AddRange(reports.Of(request.Producer, PageToken.Rows(request.PageSize)));
        return page;
    }
}
