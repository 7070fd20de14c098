using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeEnforcement.EdgeAgent.Tests.Centre;

/// <summary>The whole agent in this process, on real directories and sockets, with short intervals.</summary>
internal sealed class RunningAgent : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;

    private RunningAgent(WebApplication app, string root)
    {
        _app = app;
        Root = root;
    }

    public string Root { get; }

    public string Address => _app.Urls.First();

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<RunningAgent> StartAsync(string address, string root, int segmentBytes = 1 << 20, IEnumerable<KeyValuePair<string, string?>>? settings = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Agent:Producer"] = "dock-test",
            ["Agent:DataDirectory"] = Path.Combine(root, "agent"),
            ["Agent:DeclaredPersistent"] = "true",
            ["Agent:SpoolSegmentBytes"] = segmentBytes.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Dock:ScanInterval"] = "00:00:00.050",
            ["Dock:Bays:0:Number"] = "1",
            ["Dock:Bays:0:Path"] = Path.Combine(root, "bay"),
            ["Uplink:Address"] = address,
            ["Uplink:BackoffMinimum"] = "00:00:00.020",
            ["Uplink:BackoffMaximum"] = "00:00:00.200",
            ["Uplink:CleaningInterval"] = "00:00:00.050",
            ["Uplink:ProofInterval"] = "00:00:00.050",
            ["Status:Listen"] = "http://127.0.0.1:0",
        }).AddInMemoryCollection(settings ?? []).Build();
        var app = AgentHost.Build(configuration, TimeProvider.System, _ => { });
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            // What it had opened, the station's lock first of all, goes with the process; here the process lives on.
            await app.DisposeAsync();
            throw;
        }
        return new RunningAgent(app, root);
    }

    public void Dock(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.Combine(Root, "bay"));
        File.WriteAllBytes(Path.Combine(Root, "bay", name), content);
    }

    public async Task AlertAsync(string title)
    {
        var spooled = await Get<AgentSpool>().AppendAsync(
            Contracts.V1.RecordClass.P0,
            new Contracts.V1.Record { FieldAlert = new Contracts.V1.FieldAlert { Title = title } },
            TestContext.Current.CancellationToken);
        Assert.True(spooled.Key.Sequence > 0);
    }

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < until, $"never came: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
