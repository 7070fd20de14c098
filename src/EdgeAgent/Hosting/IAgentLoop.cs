namespace EdgeEnforcement.EdgeAgent.Hosting;

/// A loop that lives as long as the agent. It ends only by cancellation; ending otherwise stops the agent.
internal interface IAgentLoop
{
    Task RunAsync(CancellationToken cancellation);
}
