namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

/// An orderly end of this run of the host, after which the runner makes the next one.
internal sealed class AgentRestart(IHostApplicationLifetime lifetime)
{
    public bool IsRequested { get; private set; }

    public void Request()
    {
        IsRequested = true;
        lifetime.StopApplication();
    }
}
