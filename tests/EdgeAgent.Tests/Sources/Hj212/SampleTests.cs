using System.Text.Json;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.EdgeAgent.Tests.Detection;
using Google.Protobuf.WellKnownTypes;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

/// <summary>A limit is exceeded, and the station keeps a sample (CN 3015, 超标留样): once per episode, whatever happens in between.</summary>
public sealed class SampleTests
{
    private static readonly DateTimeOffset Observed = Hj212Fixture.Start;

    private static Task<Hj212Fixture> CreateAsync(string? root = null) => Hj212Fixture.CreateAsync(
        root: root, settings: [("Hj212:Stations:0:KeepsSamples", "true"), ("Hj212:OverTimeSeconds", "2"), ("Hj212:ResendCount", "1")]);

    private static FieldAlert Alert(string episode, Action<FieldAlert>? change = null)
    {
        var alert = new FieldAlert
        {
            EpisodeId = episode, Rule = "cod", Phase = EpisodePhase.Opened, Kind = AlertKind.Warning, ObservedAt = Timestamp.FromDateTimeOffset(Observed),
            Basis = new AlertBasis { Comparison = "above", Readings = { Quote(ReadingKind.RealTime) } },
        };
        change?.Invoke(alert);
        return alert;
    }

    private static QuotedReading Quote(ReadingKind kind) => new() { Reading = new Reading { Factor = "w01018", Kind = kind, Value = 78 } };

    private static async Task SayAsync(Hj212Fixture agent, FieldAlert alert, string mn = Hj212Fixture.Mn) => await agent.Get<AgentSpool>().AppendAsync(
        RecordClass.P0, new Record { SourceDevice = mn, FieldAlert = alert }, TestContext.Current.CancellationToken);

    /// Connected, and known to the agent.
    private static async Task<TestStation> ConnectAsync(Hj212Fixture agent, int second)
    {
        var station = await agent.ConnectAsync();
        await station.SendAsync(2011, $"DataTime=202611281600{second:D2};w01018-Rtd=1,w01018-Flag=N");
        Assert.Equal(9014, (await station.ReceiveAsync()).Cn);
        return station;
    }

    private static void Tick(Hj212Fixture agent) => agent.Time.Advance(TimeSpan.FromSeconds(1));

    private static Task RecordedAsync(Hj212Fixture agent, int count) => RunningAgent.UntilAsync(() => agent.Exchanges().Count == count, $"exchange {count}");

    [Fact]
    public async Task An_exceedance_has_one_sample_kept_and_the_exchange_names_its_episode()
    {
        await using var agent = await CreateAsync();
        await using var station = await ConnectAsync(agent, 0);

        await SayAsync(agent, Alert("e1"));
        await SayAsync(agent, Alert("e1", a => a.Phase = EpisodePhase.Updated));
        await SayAsync(agent, Alert("e1", a => a.Phase = EpisodePhase.Cleared));
        await SayAsync(agent, Alert("e2", a => a.Kind = AlertKind.SuspectedViolation));
        Tick(agent);
        var first = await station.ReceiveAsync();
        await station.SendAsync(9011, "QnRtn=1", first.Qn, 4);
        await station.SendAsync(3015, "DataTime=20261128160000;VaseNo=7", first.Qn, 4);
        await station.SendAsync(9012, "ExeRtn=1", first.Qn, 4);
        var second = await station.ReceiveAsync();
        await station.ObeyAsync(second);

        await RecordedAsync(agent, 2);
        Assert.Equal((3015, "", 3015), (first.Cn, first.Area, second.Cn));
        Assert.Equal(
            [("exceedance of cod, episode e1", "done", 1u), ("exceedance of cod, episode e2", "done", 1u)],
            agent.Exchanges().Select(e => (e.Reason, e.Outcome, e.ExecutionResult)));
        Assert.Equal("7", Assert.Single(agent.Events(DeviceEventKind.SampleKept)).Fields["VaseNo"]);
    }

    [Fact]
    public async Task What_is_late_recalled_a_days_mean_planned_or_no_exceedance_wants_no_sample()
    {
        await using var agent = await CreateAsync();
        await using var station = await ConnectAsync(agent, 0);
        Action<FieldAlert>[] others =
        [
            a => a.Retrospective = true,
            a => a.Basis.Readings.Add(Quote(ReadingKind.Recalled)),
            a => a.Basis.Readings[0] = Quote(ReadingKind.Day),
            a => a.Kind = AlertKind.Device,
            a => a.Kind = AlertKind.Hazard,
            a => a.Phase = EpisodePhase.Updated,
            a => a.Basis.Comparison = "rate-above",
            a => a.Basis.Comparison = "missing",
            a => a.Basis = null,
        ];

        foreach (var (n, change) in others.Index())
            await SayAsync(agent, Alert($"other-{n}", change));
        await SayAsync(agent, Alert("without a sampler"), Hj212Fixture.OtherMn);
        await SayAsync(agent, Alert("e1"));
        Tick(agent);
        await station.ObeyAsync(await station.ReceiveAsync());

        await RecordedAsync(agent, 1);
        Assert.Equal("exceedance of cod, episode e1", agent.Exchanges()[0].Reason);
        Assert.Empty(agent.Exchanges(Hj212Fixture.OtherMn));
    }

    [Fact]
    public async Task A_station_that_refuses_or_says_nothing_leaves_the_exchange_with_its_outcome_and_is_not_asked_again()
    {
        await using var agent = await CreateAsync();
        await using var station = await ConnectAsync(agent, 0);
        await SayAsync(agent, Alert("refused"));
        await SayAsync(agent, Alert("unheard"));
        Tick(agent);
        await station.ObeyAsync(await station.ReceiveAsync(), qnRtn: 2);
        var unheard = await station.ReceiveAsync();
        // Past the first timeout it is sent again under the same number, past the second it is given up.
        var again = station.ReceiveAsync();
        await RunningAgent.UntilAsync(
            () =>
            {
                Tick(agent);
                return again.IsCompleted && agent.Exchanges().Count == 2;
            },
            "the second exchange");

        Assert.Equal(unheard.Qn, (await again).Qn);
        Assert.Equal([("refused", 2u, "refused"), ("timed-out", 0u, "unheard")], agent.Exchanges().Select(e => (e.Outcome, e.RequestAnswer, e.Reason.Split(' ')[^1])));
        // What comes next is the next episode's.
        await SayAsync(agent, Alert("next", a => a.ObservedAt = Timestamp.FromDateTimeOffset(agent.Time.GetUtcNow())));
        Tick(agent);
        await station.ObeyAsync(await station.ReceiveAsync());
        await RecordedAsync(agent, 3);
        Assert.Equal("exceedance of cod, episode next", agent.Exchanges()[2].Reason);
    }

    [Fact]
    public async Task A_restart_neither_loses_a_sample_nor_asks_for_it_twice()
    {
        await using var agent = await CreateAsync();
        // Said, and not looked at; then looked at while nobody was connected.
        await SayAsync(agent, Alert("e1"));
        await agent.ReopenAsync();
        Tick(agent);
        await RunningAgent.UntilAsync(() => File.Exists(Path.Combine(agent.Root, "agent", "hj212-samples.json")), "the request noted");
        await agent.ReopenAsync();
        await using (var station = await ConnectAsync(agent, 1))
        {
            Tick(agent);
            await station.ObeyAsync(await station.ReceiveAsync());
            await RecordedAsync(agent, 1);
        }

        // The exchange is recorded, the request not yet struck off.
        await agent.ReopenAsync();
        await using var again = await ConnectAsync(agent, 2);
        await SayAsync(agent, Alert("e2"));
        Tick(agent);
        await again.ObeyAsync(await again.ReceiveAsync());
        await RecordedAsync(agent, 2);

        Assert.Equal([("e1", "done"), ("e2", "done")], agent.Exchanges().Select(e => (e.Reason.Split(' ')[^1], e.Outcome)));
    }

    [Fact]
    public async Task A_sample_nobody_could_be_asked_for_in_time_is_an_exchange_that_expired()
    {
        await using var agent = await CreateAsync();
        await SayAsync(agent, Alert("e1"));
        Tick(agent);
        agent.Time.Advance(TimeSpan.FromMinutes(11));
        await RecordedAsync(agent, 1);

        Assert.Equal(("expired", 0u, "exceedance of cod, episode e1"), agent.Exchanges()[0] is var e ? (e.Outcome, e.Attempts, e.Reason) : default);
        await agent.ReopenAsync();
        await using var station = await ConnectAsync(agent, 1);
        await SayAsync(agent, Alert("e2", a => a.ObservedAt = Timestamp.FromDateTimeOffset(agent.Time.GetUtcNow())));
        Tick(agent);
        await station.ObeyAsync(await station.ReceiveAsync());
        await RecordedAsync(agent, 2);
    }

    [Fact]
    public async Task A_damaged_book_asks_for_nothing_of_before_and_goes_on()
    {
        await using var agent = await CreateAsync();
        await SayAsync(agent, Alert("e1"));
        agent.Time.Advance(TimeSpan.FromSeconds(1));
        var book = Path.Combine(agent.Root, "agent", "hj212-samples.json");
        await RunningAgent.UntilAsync(() => File.Exists(book), "the request noted");
        await agent.CloseAsync();
        await File.WriteAllTextAsync(book, "{}", TestContext.Current.CancellationToken);
        agent.Time.Advance(TimeSpan.FromSeconds(1));
        await agent.OpenAgainAsync();

        await using var station = await ConnectAsync(agent, 2);
        await SayAsync(agent, Alert("e2"));
        Tick(agent);
        await station.ObeyAsync(await station.ReceiveAsync());
        await RecordedAsync(agent, 1);
        Assert.Equal("exceedance of cod, episode e2", agent.Exchanges()[0].Reason);
    }

    [Fact]
    public async Task From_the_reading_to_the_sample_and_a_kill_between_asking_and_recording()
    {
        var root = Directory.CreateTempSubdirectory("hj212-sample-").FullName;
        var (config, rules) = (Path.Combine(root, "agent.json"), Path.Combine(root, "rules.json"));
        await File.WriteAllBytesAsync(rules, Outlet.Rules(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
        {
            Agent = new { Producer = "dock-test", DataDirectory = Path.Combine(root, "agent"), DeclaredPersistent = true },
            Hj212 = new { Listen = new[] { "127.0.0.1:0" }, SetUpStations = false, SampleInterval = "00:00:00.020", Stations = new[] { new { Hj212Fixture.Mn, KeepsSamples = true } } },
            Detection = new { RuleFile = rules },
            Uplink = new { Address = "http://127.0.0.1:1" },
            Status = new { Listen = "http://127.0.0.1:0" },
        }), TestContext.Current.CancellationToken);
        await using (var process = await RunningProcess.StartAsync(config))
        {
            await using var station = await TestStation.ConnectAsync(process.Address, Hj212Fixture.Mn);
            var begin = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8));
            await station.SendAsync(2011, RealTime(begin, 78));
            await station.ObeyAsync(await NextRequestAsync(station));
            await station.SendAsync(2011, RealTime(begin.AddSeconds(1), 10));
            await station.SendAsync(2011, RealTime(begin.AddSeconds(2), 79));
            await NextRequestAsync(station);
            await process.KillAsync();
        }

        await using var agent = await CreateAsync(root);
        var episodes = agent.Records().Where(r => r.FieldAlert is { Phase: EpisodePhase.Opened }).Select(r => r.FieldAlert.EpisodeId).ToArray();
        Assert.Equal(2, episodes.Length);
        Assert.Equal($"exceedance of cod, episode {episodes[0]}", Assert.Single(agent.Exchanges()).Reason);
        Tick(agent);
        await RecordedAsync(agent, 2);
        Assert.Equal([("done", episodes[0]), ("interrupted", episodes[1])], agent.Exchanges().Select(e => (e.Outcome, e.Reason.Split(' ')[^1])));

        await using var connected = await ConnectAsync(agent, 1);
        await SayAsync(agent, Alert("next", a => a.ObservedAt = Timestamp.FromDateTimeOffset(agent.Time.GetUtcNow())));
        Tick(agent);
        await connected.ObeyAsync(await connected.ReceiveAsync());
        await RecordedAsync(agent, 3);
        Assert.Equal("exceedance of cod, episode next", agent.Exchanges()[2].Reason);
    }

    private static string RealTime(DateTimeOffset at, int value) => FormattableString.Invariant($"DataTime={at:yyyyMMddHHmmss};w01018-Rtd={value},w01018-Flag=N");

    /// Passes over the answers to what the station sends.
    private static async Task<TestStation.Told> NextRequestAsync(TestStation station)
    {
        while (true)
            if (await station.ReceiveAsync() is { Cn: < 9000 } request)
                return request;
    }
}
