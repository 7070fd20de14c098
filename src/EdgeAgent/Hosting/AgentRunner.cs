using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.SegmentLog.Space;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Hosting;

/// Runs the host, and runs it again with another version of the remote configuration where the station asks for it or the one it had does not
/// do. The local file has to be in order by itself: it is what is left when no version is.
internal sealed class AgentRunner(ConfigurationLayers layers, IFileSystem files, TimeProvider time, Action<ILoggingBuilder> logging)
{
    /// <param name="whileRunning">Called with each host once it has started.</param>
    /// <param name="cancellation">Ends the agent in order.</param>
    /// <returns>Exit code.</returns>
    /// <exception cref="OptionsValidationException">The local file, with all that is wrong.</exception>
    public async Task<int> RunAsync(Func<WebApplication, CancellationToken, Task> whileRunning, CancellationToken cancellation)
    {
        var local = layers.Local();
        if (AgentHost.Faults(local) is { Count: > 0 } faults)
            throw new OptionsValidationException(AgentOptions.Section, typeof(AgentOptions), faults);
        var agent = local.GetSection(AgentOptions.Section).Get<AgentOptions>()!; // validated just now
        var paths = new AgentPaths(agent.DataDirectory);
        files.CreateDirectory(paths.Root);
        using var held = new StationLock(paths);
        held.Take();
        var store = new ConfigurationStore(files, paths);
        store.Open();
        var pin = new PinnedLedger(files, paths);
        var choice = new ConfigurationChoice(store, layers, () => pin.Current, agent.Producer);
        while (true)
        {
            pin.Open();
            if (await RunOnceAsync(choice, store, held, whileRunning, cancellation) is { } code)
                return code;
        }
    }

    /// Null: again.
    private async Task<int?> RunOnceAsync(
        ConfigurationChoice choice, ConfigurationStore store, StationLock held, Func<WebApplication, CancellationToken, Task> whileRunning,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var configuration = choice.Next();
        try
        {
            await using var app = AgentHost.Build(
                configuration, time, logging, services => services.AddSingleton(held).AddSingleton(files).AddRemoteConfiguration(store, layers));
            await app.StartAsync(cancellation);
            using var stop = cancellation.Register(app.Lifetime.StopApplication);
            await whileRunning(app, app.Lifetime.ApplicationStopping);
            await app.WaitForShutdownAsync(CancellationToken.None);
            var runtime = app.Services.GetRequiredService<AgentRuntime>();
            if (app.Services.GetRequiredService<AgentRestart>().IsRequested)
                return null;
            if (runtime.LoopFailure is not { } failure || store.State.Trial is null)
                return runtime.ExitCode;
            choice.GiveUp(["with it the agent stopped: " + failure.Message]);
            return null;
        }
        // A disk without room is nobody's configuration.
        catch (Exception e) when (store.State.Trial is not null && e is not (OperationCanceledException or SegmentSpaceException) && !DiskFull.IsRefusedWrite(e))
        {
            choice.GiveUp(["the agent does not start with it: " + e.Message]);
            return null;
        }
    }
}
