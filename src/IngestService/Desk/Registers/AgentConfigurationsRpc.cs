using EdgeEnforcement.Contracts.V1;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Desk.Registers;

/// <summary>Queries only: a version is registered by RegisterActs, and an agent believes the ledger, not this answer.</summary>
internal sealed class AgentConfigurationsRpc(ConfigurationQuery query, ILogger<AgentConfigurationsRpc> log) : AgentConfigurations.AgentConfigurationsBase
{
    public override Task<CurrentConfigurationAnswer> GetCurrent(CurrentConfigurationRequest request, ServerCallContext context) =>
        DeskBoundary.AnswerAsync(Task.FromResult(query.Current(request.Producer)), context, log);

    public override Task<ConfigurationReportPage> ListReports(ListConfigurationReportsRequest request, ServerCallContext context) =>
        DeskBoundary.AnswerAsync(query.ReportsAsync(request, context.CancellationToken), context, log);
}
