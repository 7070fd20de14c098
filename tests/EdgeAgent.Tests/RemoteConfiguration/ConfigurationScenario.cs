using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.EdgeAgent.Tests.Detection;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeEnforcement.EdgeAgent.Tests.RemoteConfiguration;

/// <summary>
/// A station's versions over several lives: each step is what the runner and the configuration's loop do, in their order. Version n sets
/// ParallelFiles to n, so that what a start is made with can be told.
/// </summary>
internal sealed class ConfigurationScenario(string localFile, Func<ConfigurationScenario, Task> work) : IFaultScenario
{
    private const int LocalParallelFiles = 16;
    private const string ParallelFiles = "Upload:ParallelFiles";

    private static readonly FakeLedger Ledger = new();

    /// <summary>Versions 1 to 8; those from 5 on bring a rule set.</summary>
    private static readonly ConfigurationVersion[] All = Make();

    private readonly AgentPaths _paths = new("/station/agent");
    private readonly HashSet<ulong> _decided = [];
    private readonly HashSet<ulong> _fallen = [];
    private readonly List<(ConfigurationOutcome, ulong)> _reports = [];
    private ulong _kept;
    private ProducerKey? _key;
    private AgentSpool? _spool;
    private ConfigurationStore? _store;

    public ShadowFileSystem Disk { get; } = new();

    private AgentSpool Spool => _spool ?? throw new InvalidOperationException("The station is not open.");

    private ConfigurationStore Store => _store ?? throw new InvalidOperationException("The station is not open.");

    private ConfigurationLayers Layers => new(localFile, [FormattableString.Invariant($"Agent:Producer={Versions.Producer}")]);

    private ConfigurationChoice Choice => new(Store, Layers, Ledger.Pin, Versions.Producer);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task PrepareAsync() => OpenAsync();

    public Task WorkAsync() => work(this);

    public async Task OpenAsync()
    {
        _key = new ProducerKey(Disk, _paths);
        _key.Open();
        _spool = new AgentSpool(
            Disk, _paths, _key, new AgentOptions { Producer = Versions.Producer, SpoolSegmentBytes = 4096 }, TimeProvider.System, NullLogger<AgentSpool>.Instance);
        await _spool.OpenAsync(_key.ExistedBefore && Disk.Exists(_paths.EpochState), Cancellation);
        _store = new ConfigurationStore(Disk, _paths);
        _store.Open();
    }

    public void Take(ulong version)
    {
        Store.Save(Store.State.Take(All[(int)version]));
        _decided.Add(version);
    }

    /// <summary>The next start: it is made with what the state says, and no other.</summary>
    public void Start()
    {
        var made = Choice.Next();
        var expected = Store.State.Current?.Index ?? LocalParallelFiles;
        Assert.Equal(FormattableString.Invariant($"{expected}"), made[ParallelFiles]);
        if (made["Detection:RuleFile"] is { Length: > 0 } rules)
            Assert.Equal(Outlet.Rules(), AtomicFile.Read(Disk, rules));
        Assert.Equal(expected is >= 5 and < LocalParallelFiles, made["Detection:RuleFile"] is { Length: > 0 });
    }

    public void Keep()
    {
        var version = Store.State.Trial!.Index;
        Store.Save(Store.State.Keep());
        _kept = version;
    }

    public void GiveUp()
    {
        var version = Store.State.Current!.Index;
        Choice.GiveUp(["it does not do"]);
        _fallen.Add(version);
        _reports.Add((ConfigurationOutcome.RolledBack, version));
    }

    public void Refuse(ulong version)
    {
        var report = Choice.ReportOf(All[(int)version], ConfigurationOutcome.Refused, ["no"]);
        Store.Save(Store.State.Refuse(All[(int)version], report));
        _decided.Add(version);
        _fallen.Add(version);
        _reports.Add((ConfigurationOutcome.Refused, version));
    }

    public Task SayAsync() => new ConfigurationReporter(Store, Spool, Versions.Producer).SayUnsaidAsync(Cancellation);

    public async Task LetGoAsync()
    {
        try
        {
            if (_spool is not null)
                await _spool.DisposeAsync();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The power is off.
        }
        _key?.Dispose();
        (_spool, _store, _key) = (null, null, null);
    }

    public async Task CheckAsync()
    {
        await OpenAsync();
        Hold();
        Start();
        await SayAsync();
        Assert.Empty(Store.State.Unsaid);
        Hold();
        // A trial whose run was cut short is decided by the next.
        if (Store.State.Trial is not null)
            Keep();
        var next = Store.State.SeenEntry + 1;
        Assert.True(next < (ulong)All.Length, "no version is left for this life");
        Take(next);
        Start();
        Keep();
        Hold();
    }

    private void Hold()
    {
        var state = Store.State;
        Assert.False(state.Current is { } current && _fallen.Contains(current.Index), "a version that fell runs again");
        Assert.True(_kept == 0 || _fallen.Contains(_kept) || state.Good?.Index >= _kept, $"version {_kept} was kept, {state.Good?.Index} is there");
        Assert.All(_decided, version => Assert.True(version < state.Floor(Ledger.Pin()), $"version {version} may come again"));
        var said = state.Unsaid.Select(AgentConfigurationReport.Parser.ParseFrom).Concat(Spooled()).Select(r => (r.Outcome, r.EntryIndex)).ToHashSet();
        Assert.All(_reports, report => Assert.Contains(report, said));
    }

    private IEnumerable<AgentConfigurationReport> Spooled() => Spool.All.Where(s => s.Class == RecordClass.P0)
        .SelectMany(s => s.ReadFrom(s.FirstSequence, int.MaxValue, long.MaxValue).ToList())
        .Select(r => EnvelopeReader.TryRead(r.Envelope, out var opened) ? opened.Record!.AgentConfigurationReport : null)
        .OfType<AgentConfigurationReport>();

    private static ConfigurationVersion[] Make()
    {
        var rules = System.Text.Encoding.UTF8.GetString(Outlet.Rules());
        for (var n = 0; n < 9; n++)
            Ledger.Register(Versions.Act($$"""{ "Upload": { "ParallelFiles": {{Math.Max(n, 1)}} }{{(n < 5 ? "" : $$""", "Detection": { "Rules": {{rules}} }""")}} }"""));
        return [.. Enumerable.Range(0, 9).Select(n => Ledger.Prove((ulong)n))];
    }
}
