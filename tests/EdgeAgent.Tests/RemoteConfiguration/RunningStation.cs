using System.Text.Json;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.SegmentLog;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeEnforcement.EdgeAgent.Tests.RemoteConfiguration;

/// <summary>The agent as `run` has it, with its configuration file: one process's life, over all runs of its host.</summary>
internal sealed class RunningStation : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private WebApplication? _app;

    private RunningStation()
    {
    }

    /// <summary>Hosts that have started so far.</summary>
    public int Runs;

    /// <summary>Ends with the agent.</summary>
    public Task<int> Ended { get; private set; } = Task.FromResult(0);

    /// <summary>Of the host that runs; one that is just being replaced may be disposed.</summary>
    public T Get<T>() where T : notnull => (Volatile.Read(ref _app) ?? throw new InvalidOperationException("not started")).Services.GetRequiredService<T>();

    public static RunningStation Start(string root, string centre, IFileSystem? files = null, TimeProvider? time = null, Action<Dictionary<string, object>>? change = null)
    {
        var sections = new Dictionary<string, object>
        {
            ["Agent"] = new { Versions.Producer, DataDirectory = Path.Combine(root, "agent"), DeclaredPersistent = true },
            ["Uplink"] = new { Address = centre, BackoffMinimum = "00:00:00.020", BackoffMaximum = "00:00:00.200", ProofInterval = "00:00:00.050" },
            ["Status"] = new { Listen = "http://127.0.0.1:0", RecordInterval = "00:00:00.050" },
            ["RemoteConfiguration"] = new { Interval = "00:00:00.050" },
        };
        change?.Invoke(sections);
        var file = Path.Combine(root, "agent.json");
        File.WriteAllText(file, JsonSerializer.Serialize(sections));
        var station = new RunningStation();
        var runner = new AgentRunner(new ConfigurationLayers(file, []), files ?? new PhysicalFileSystem(), time ?? TimeProvider.System, _ => { });
        station.Ended = runner.RunAsync(
            (app, _) =>
            {
                Volatile.Write(ref station._app, app);
                Interlocked.Increment(ref station.Runs);
                return Task.CompletedTask;
            },
            station._stop.Token);
        return station;
    }

    /// <summary>Looks again and again; a host that is gone while it is looked at is no failure.</summary>
    public Task UntilAsync(Func<bool> condition, string what) => RunningAgent.UntilAsync(() =>
    {
        Assert.False(Ended.IsFaulted, Ended.Exception?.ToString());
        try
        {
            return Volatile.Read(ref _app) is not null && condition();
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }, what);

    public ConfigurationState State => Get<ConfigurationStore>().State;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Ended.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _stop.Dispose();
    }
}
