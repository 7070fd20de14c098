using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Hosting;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Desk.Queries;

/// <summary>What agents said about the versions of their configuration; the versions themselves are in the register.</summary>
public sealed class ConfigurationQueries(AgentConfigurations.AgentConfigurationsClient client, IOptions<ConsoleOptions> options, TimeProvider time)
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.QuerySeconds);

    public async Task<ConfigurationReportPage> ReportsAsync(string producer, ulong atLeast, CancellationToken cancellation) =>
        await client.ListReportsAsync(
            new ListConfigurationReportsRequest { AtLeast = atLeast, Producer = producer },
            new CallOptions(deadline: (time.GetUtcNow() + _patience).UtcDateTime, cancellationToken: cancellation)).ConfigureAwait(false);
}
