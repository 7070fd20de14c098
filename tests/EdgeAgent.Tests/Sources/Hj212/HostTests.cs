using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Sources.Hj212;
using EdgeEnforcement.EdgeAgent.Tests.Centre;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

/// <summary>What the agent asks of a station, and how it goes.</summary>
public sealed class HostTests
{
    private const string RealTime = "DataTime=20261128160000;w01018-Rtd=1,w01018-Flag=N";

    [Fact]
    public async Task At_first_connection_time_comes_first_then_timeouts_then_intervals()
    {
        await using var agent = await Hj212Fixture.CreateAsync(setUp: true, settings: [("Hj212:Stations:0:RealTimeInterval", "30"), ("Hj212:Stations:0:MinuteInterval", "5")]);
        await using var station = await agent.ConnectAsync();
        await station.SendAsync(2011, RealTime, flag: 4);
        var asked = new List<TestStation.Told>();
        for (var i = 0; i < 4; i++)
        {
            asked.Add(await station.ReceiveAsync());
            await station.ObeyAsync(asked[^1]);
        }

        Assert.Equal([1012, 1000, 1062, 1064], asked.Select(a => a.Cn));
        Assert.Equal(["SystemTime=20261128160000", "OverTime=10;ReCount=3", "RtdInterval=30", "MinInterval=5"], asked.Select(a => a.Area));
        Assert.All(asked, a => Assert.Equal(("32", "5", "123456"), (a.St, a.Flag, a.Pw)));
        await RunningAgent.UntilAsync(() => agent.Exchanges().Count == 4, "the exchanges");
        Assert.All(agent.Exchanges(), e => Assert.Equal(("done", 1u, 1u, 1u, 3), (e.Outcome, e.RequestAnswer, e.ExecutionResult, e.Attempts, e.Frames.Count)));

        // The same day it is not asked again.
        await using var again = await agent.ConnectAsync();
        await again.SendAsync(2011, RealTime.Replace("160000", "160030", StringComparison.Ordinal));
        Assert.Equal(9014, (await again.ReceiveAsync()).Cn);
    }

    [Fact]
    public async Task A_station_that_asks_for_the_time_is_answered_and_then_set()
    {
        await using var agent = await Hj212Fixture.CreateAsync(setUp: true);
        await using var station = await agent.ConnectAsync();
        await station.SendAsync(2011, RealTime);
        await station.ReceiveAsync(1064); // the last of the first connection
        await station.SendAsync(1013, "PolId=w01018");

        Assert.Equal(9013, (await station.ReceiveAsync()).Cn);
        Assert.Equal("SystemTime=20261128160000", (await station.ReceiveAsync(1012)).Area);
        Assert.Single(agent.Events(DeviceEventKind.Clock));
    }

    [Fact]
    public async Task A_clock_that_is_a_day_off_is_told_once_a_day_marked_and_set_and_nothing_is_dropped()
    {
        await using var agent = await Hj212Fixture.CreateAsync(setUp: true);
        await using var station = await agent.ConnectAsync();
        await station.SendAsync(2011, "DataTime=20261127160000;w01018-Rtd=1,w01018-Flag=N", "20261127160000000");
        await station.ReceiveAsync(1064);
        await station.SendAsync(2011, "DataTime=20261127160030;w01018-Rtd=2,w01018-Flag=N", "20261127160030000", flag: 4);
        await station.ReceiveAsync(1012);

        await RunningAgent.UntilAsync(() => agent.Batches().Count == 2, "the second frame");
        Assert.Contains("-86400 s off", Assert.Single(agent.Events(DeviceEventKind.Clock)).Detail);
        var record = agent.Records().First(r => r.ReadingBatch is not null);
        Assert.Equal(-86_400, record.Time.ClockOffset.Seconds);
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero), record.Time.DeviceTime_.ToDateTimeOffset());
        Assert.Equal(Hj212Fixture.Start, record.Time.AgentTime.ToDateTimeOffset());

        await RunningAgent.UntilAsync(() => agent.Exchanges().Any(e => e is { Reason: "clock is off", Outcome: "done" }), "the clock's setting");
        agent.Time.Advance(TimeSpan.FromDays(1));
        await station.SendAsync(2011, "DataTime=20261127160130;w01018-Rtd=3,w01018-Flag=N", "20261127160130000");
        await RunningAgent.UntilAsync(() => agent.Events(DeviceEventKind.Clock).Count == 2, "the next day's event");
    }

    [Fact]
    public async Task A_station_that_does_not_answer_is_asked_again_under_the_same_number_and_given_up()
    {
        await using var agent = await Hj212Fixture.CreateAsync(settings: [("Hj212:ResendCount", "2")]);
        await using var station = await agent.ConnectAsync();
        await station.SendAsync(2011, RealTime);
        await station.ReceiveAsync();
        Assert.NotNull(KeepSample(agent, "exceedance of cod-day"));
        var asked = Task.Run(async () => new[] { (await station.ReceiveAsync()).Qn, (await station.ReceiveAsync()).Qn, (await station.ReceiveAsync()).Qn });

        await RunningAgent.UntilAsync(
            () =>
            {
                agent.Time.Advance(TimeSpan.FromSeconds(1));
                return agent.Exchanges().Count == 1;
            },
            "the exchange's end");

        Assert.Single((await asked).Distinct());
        Assert.Equal(("timed-out", 3u, "3015 keep sample", "exceedance of cod-day"), agent.Exchanges()[0] is var e ? (e.Outcome, e.Attempts, e.Command, e.Reason) : default);
    }

    [Fact]
    public async Task A_sample_is_kept_and_its_bottle_is_known()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        Assert.Null(KeepSample(agent, "nobody is there"));
        await using var station = await agent.ConnectAsync();
        await station.SendAsync(2011, RealTime);
        await station.ReceiveAsync();

        Assert.NotNull(KeepSample(agent, "exceedance of cod-day"));
        var asked = await station.ReceiveAsync();
        Assert.Equal((3015, ""), (asked.Cn, asked.Area));
        await station.SendAsync(9011, "QnRtn=1", asked.Qn, 4);
        await station.SendAsync(3015, "DataTime=20261128160000;VaseNo=7", asked.Qn, 4);
        await station.SendAsync(9012, "ExeRtn=1", asked.Qn, 4);

        await RunningAgent.UntilAsync(() => agent.Exchanges().Count == 1, "the exchange");
        Assert.Equal("7", Assert.Single(agent.Events(DeviceEventKind.SampleKept)).Fields["VaseNo"]);
        Assert.Equal(("done", 1u), (agent.Exchanges()[0].Outcome, agent.Exchanges()[0].ExecutionResult));
    }

    [Fact]
    public async Task A_refusal_and_a_link_that_is_lost_are_recorded_as_such()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using (var station = await agent.ConnectAsync())
        {
            await station.SendAsync(2011, RealTime);
            await station.ReceiveAsync();
            Assert.NotNull(KeepSample(agent, "first"));
            Assert.NotNull(KeepSample(agent, "second"));
            await station.ObeyAsync(await station.ReceiveAsync(), qnRtn: 3);
            await station.ReceiveAsync();
        }

        await RunningAgent.UntilAsync(() => agent.Exchanges().Count == 2, "both exchanges");
        Assert.Equal([("refused", 3u), ("link-lost", 0u)], agent.Exchanges().Select(e => (e.Outcome, e.RequestAnswer)));
    }

    private static Task<DeviceExchange>? KeepSample(Hj212Fixture agent, string reason) =>
        agent.Get<StationCommands>().TryKeepSample(Hj212Fixture.Mn, reason, Hj212Fixture.Start.AddMinutes(10));
}
