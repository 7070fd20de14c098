using EdgeEnforcement.Contracts.V1;
using Grpc.Core;

namespace EdgeEnforcement.EdgeAgent.Tests.Centre;

internal sealed class FakeConfigurations(FakeCentreFaults told) : AgentConfigurations.AgentConfigurationsBase
{
    public override Task<CurrentConfigurationAnswer> GetCurrent(CurrentConfigurationRequest request, ServerCallContext context)
    {
        Interlocked.Increment(ref told.Asked);
        return Task.FromResult(new CurrentConfigurationAnswer { EntryIndex = told.Configuration });
    }
}
