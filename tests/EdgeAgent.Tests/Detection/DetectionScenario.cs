using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Detection;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Detection;

/// <summary>
/// A station with detection over several lives, and a device that sends each value again until it was answered. Whatever the disk does: each
/// rule set is said once, before the first alert under it, and each report of each episode once, with the same bytes for ever.
/// </summary>
internal sealed class DetectionScenario(Func<DetectionScenario, Task> prepare, Func<DetectionScenario, Task> work) : IFaultScenario
{
    private static readonly double[] Values = [10, 60, 70, 10, 60, 61, 10, 55];

    private readonly AgentPaths _paths = new("/station/agent");
    private readonly FakeTimeProvider _time = new(StationFixture.Start);
    private readonly DetectionOptions _options = new() { RuleFile = "/station/rules-1.json", SaveInterval = TimeSpan.Zero, TickInterval = TimeSpan.Zero, RuleFileInterval = TimeSpan.Zero };
    private readonly Dictionary<RecordKey, byte[]> _said = [];
    private ProducerKey? _key;
    private AgentSpool? _spool;
    private DetectionPump? _pump;
    private int _sent;

    public ShadowFileSystem Disk { get; } = new();

    public Func<IFileSystem, IFileSystem> Between { get; init; } = static disk => disk;

    private AgentSpool Spool => _spool ?? throw new InvalidOperationException("The station is not open.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task PrepareAsync()
    {
        Disk.CreateDirectory("/station");
        AtomicFile.Write(Disk, "/station/rules-1.json", Outlet.Rules());
        AtomicFile.Write(Disk, "/station/rules-2.json", Outlet.Rules("2", more: Outlet.SilentRule));
        return prepare(this);
    }

    public Task WorkAsync() => work(this);

    public async Task OpenAsync()
    {
        var disk = Between(Disk);
        _key = new ProducerKey(disk, _paths);
        _key.Open();
        var agent = Options.Create(new AgentOptions { Producer = "dock-test", SpoolSegmentBytes = 4096 });
        _spool = new AgentSpool(disk, _paths, _key, agent.Value, _time, NullLogger<AgentSpool>.Instance);
        await _spool.OpenAsync(_key.ExistedBefore, Cancellation);
        var (files, marks, options) = (new DetectionFiles(disk, _paths), new ReadMarks { IsHeld = true }, Options.Create(_options));
        _pump = new DetectionPump(
            _spool,
            new DetectionState(_spool, files, marks, agent, _time, NullLogger<DetectionState>.Instance),
            new RuleFileReader(files, options, new ConfigurationBuilder().Build()),
            new DetectionStatus(),
            new DetectionPump.Context(options, agent, new StationAlarms(), marks, _time, NullLogger<DetectionPump>.Instance));
        _pump.Open();
    }

    public void ChangeRules() => _options.RuleFile = "/station/rules-2.json";

    public async Task SendAsync(int upTo)
    {
        while (_sent < upTo)
        {
            var observed = StationFixture.Start.AddMinutes(_sent);
            if (observed > _time.GetUtcNow())
                _time.Advance(observed - _time.GetUtcNow());
            await Spool.AppendAsync(RecordClass.P2, Outlet.Batch(Values[_sent], observed), Cancellation);
            _sent++;
            await DetectAsync();
        }
    }

    public async Task DetectAsync()
    {
        while (await _pump!.StepAsync(Cancellation)) // OpenAsync
        {
        }
        Remember();
    }

    private void Remember()
    {
        foreach (var (key, envelope, _) in Said())
            _said.TryAdd(key, envelope);
    }

    private IEnumerable<(RecordKey Key, byte[] Envelope, Record Record)> Said()
    {
        foreach (var (key, envelope) in Spool.All.Where(s => s.Class == RecordClass.P0).SelectMany(s => s.ReadFrom(1, int.MaxValue, long.MaxValue)))
        {
            Assert.True(EnvelopeReader.TryRead(envelope, out var opened));
            if (opened.Record is { BodyCase: Record.BodyOneofCase.FieldAlert or Record.BodyOneofCase.RuleSetActivated } record)
                yield return (key, envelope.ToArray(), record);
        }
    }

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
        (_spool, _key, _pump) = (null, null, null);
    }

    public async Task CheckAsync()
    {
        await OpenAsync();
        Hold(whole: false);
        await DetectAsync();
        await SendAsync(Values.Length);
        Hold(whole: true);
    }

    private void Hold(bool whole)
    {
        var said = Said().ToList();
        foreach (var (key, envelope) in _said)
            Assert.Equal(envelope, said.Find(s => s.Key == key).Envelope);
        var activated = said.Where(s => s.Record.RuleSetActivated is not null).Select(s => s.Record.RuleSetActivated.Version).ToList();
        Assert.Equal(activated.Distinct(), activated);
        foreach (var (n, record) in said.Select(s => s.Record).Index().Where(r => r.Item.FieldAlert is not null))
            Assert.True(
                said.Take(n).Any(s => s.Record.RuleSetActivated is { } set && set.Sha256.Equals(record.FieldAlert.Basis.RuleSetSha256)),
                "an alert was said before the rule set it was decided by");
        var reports = said.Where(s => s.Record.FieldAlert is not null).Select(s => (s.Record.FieldAlert.EpisodeStart.ToDateTimeOffset(), s.Record.FieldAlert.Phase)).ToList();
        Assert.Equal(reports.Distinct(), reports);
        if (!whole)
            return;
        Assert.Equal(_options.RuleFile.Contains('2', StringComparison.Ordinal) ? ["1", "2"] : ["1"], activated);
        Assert.Equal(
            [(1, EpisodePhase.Opened), (1, EpisodePhase.Cleared), (4, EpisodePhase.Opened), (4, EpisodePhase.Cleared), (7, EpisodePhase.Opened)],
            reports.Select(r => ((int)(r.Item1 - StationFixture.Start).TotalMinutes, r.Phase)));
    }
}
