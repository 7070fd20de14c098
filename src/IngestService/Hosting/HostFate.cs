namespace EdgeEnforcement.IngestService.Hosting;

/// <summary>How the process will end. The first reason counts.</summary>
internal sealed class HostFate(IHostApplicationLifetime lifetime)
{
    private int _exitCode;

    public ExitCode ExitCode => (ExitCode)Volatile.Read(ref _exitCode);

    public void Stop(ExitCode reason)
    {
        Interlocked.CompareExchange(ref _exitCode, (int)reason, (int)ExitCode.Ok);
        lifetime.StopApplication();
    }
}
