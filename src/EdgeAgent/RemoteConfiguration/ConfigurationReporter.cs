using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Spool;

namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

/// Puts what became of a version into the spool, class P0.
internal sealed class ConfigurationReporter(ConfigurationStore store, AgentSpool spool, string producer)
{
    /// On return it is durable; the record's key.
    public async Task<RecordKey> SayAsync(AgentConfigurationReport report, CancellationToken cancellation)
    {
        var said = await spool.AppendAsync(
            RecordClass.P0, new Record { SourceDevice = producer, Sensitivity = Sensitivity.Internal, AgentConfigurationReport = report }, cancellation);
        return said.Key;
    }

    /// What the state holds for the spool: first there, then no longer here. A crash between the two says one twice.
    public async Task SayUnsaidAsync(CancellationToken cancellation)
    {
        while (store.State.Unsaid is [var first, ..])
        {
            await SayAsync(AgentConfigurationReport.Parser.ParseFrom(first), cancellation);
            store.Save(store.State.Said(1));
        }
    }
}
