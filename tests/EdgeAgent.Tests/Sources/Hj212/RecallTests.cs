using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;
using EdgeEnforcement.EdgeAgent.Tests.Centre;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

/// <summary>An outage leaves a gap; the agent asks for what is missing, and what comes is marked as recalled.</summary>
public sealed class RecallTests
{
    private static readonly DateTimeOffset Local = new(2026, 11, 28, 16, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public async Task After_an_outage_no_hour_is_missing_and_what_was_asked_for_is_marked()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using (var before = await agent.ConnectAsync())
            await UploadAsync(before, Local.AddHours(-1), 1);
        // Away for five hours, and over a restart of the agent; then it sends the hour that has just ended.
        agent.Time.Advance(TimeSpan.FromHours(5));
        await agent.ReopenAsync();
        await using var station = await agent.ConnectAsync();
        await UploadAsync(station, Local.AddHours(4), 6);

        var asked = await AdvanceUntilAskedAsync(agent, station);
        Assert.Equal((2061, "20261128160000", "20261128195959"), (asked.Cn, asked.Field("BeginTime"), asked.Field("EndTime")));
        await station.SendAsync(9011, "QnRtn=1", asked.Qn, 4);
        for (var hour = 0; hour < 4; hour++)
        {
            // Two under the request's number, two under their own: the text allows both.
            await station.SendAsync(2061, Hour(Local.AddHours(hour), hour + 2), hour < 2 ? asked.Qn : $"202611282100{hour:D2}000");
            Assert.Equal(9014, (await station.ReceiveAsync()).Cn);
        }
        await station.SendAsync(9012, "ExeRtn=1", asked.Qn, 4);

        await RunningAgent.UntilAsync(() => agent.Exchanges().Count == 1, "the exchange");
        var exchange = agent.Exchanges()[0];
        Assert.Equal(("done", "2061 hourly data", "gap after outage"), (exchange.Outcome, exchange.Command, exchange.Reason));
        Assert.Equal(Local, exchange.RecallBegin.ToDateTimeOffset());
        var readings = agent.Batches().SelectMany(b => b.Readings).OrderBy(r => r.ObservedAt).ToList();
        Assert.Equal(Enumerable.Range(-1, 6).Select(h => Local.AddHours(h)), readings.Select(r => r.ObservedAt.ToDateTimeOffset()));
        Assert.Equal([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], readings.Select(r => r.Value));
        Assert.Equal(4, readings.Count(r => r is { Kind: ReadingKind.Recalled, RecalledKind: ReadingKind.Hour }));
        await NothingIsAskedAsync(agent, station);
    }

    [Fact]
    public async Task A_long_gap_is_asked_for_in_slices_oldest_first_and_what_the_station_has_not_is_not_asked_again()
    {
        await using var agent = await Hj212Fixture.CreateAsync(settings: [("Hj212:GapInterval", "00:01:00")]);
        await using (var before = await agent.ConnectAsync())
            await UploadAsync(before, Local.AddHours(-1), 1);
        // Otherwise the first hour is asked for over the link that is just ending.
        await RunningAgent.UntilAsync(() => agent.Get<StationDirectory>().Listed.All(s => s.Newest is null), "the end of the link");
        agent.Time.Advance(TimeSpan.FromHours(50));
        await using var station = await agent.ConnectAsync();
        await UploadAsync(station, Local.AddHours(49), 2);

        string[] begins = ["20261128160000", "20261129160000", "20261130160000"];
        string[] ends = ["20261129155959", "20261130155959", "20261130165959"];
        for (var slice = 0; slice < 3; slice++)
        {
            var asked = await AdvanceUntilAskedAsync(agent, station);
            Assert.Equal((begins[slice], ends[slice]), (asked.Field("BeginTime"), asked.Field("EndTime")));
            await station.ObeyAsync(asked, exeRtn: 100);
            await RunningAgent.UntilAsync(() => agent.Exchanges().Count == slice + 1, "the slice's exchange");
        }
        await NothingIsAskedAsync(agent, station);
        Assert.All(agent.Exchanges(), e => Assert.Equal(100u, e.ExecutionResult));
    }

    [Fact]
    public async Task A_recalled_row_that_comes_again_is_not_kept_twice_and_a_row_outside_is_no_recalled_one()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using var station = await agent.ConnectAsync();
        await UploadAsync(station, Local.AddHours(-4), 1);
        await UploadAsync(station, Local.AddHours(-1), 4);
        var asked = await AdvanceUntilAskedAsync(agent, station);
        await station.SendAsync(9011, "QnRtn=1", asked.Qn, 4);
        foreach (var hour in new[] { -3, -3, -2, 0 })
        {
            await station.SendAsync(2061, Hour(Local.AddHours(hour), hour), asked.Qn);
            await station.ReceiveAsync();
        }

        Assert.Equal(
            [(ReadingKind.Hour, 1.0), (ReadingKind.Hour, 4.0), (ReadingKind.Recalled, -3.0), (ReadingKind.Recalled, -2.0), (ReadingKind.Hour, 0.0)],
            agent.Batches().SelectMany(b => b.Readings).Select(r => (r.Kind, r.Value)));
    }

    private static async Task UploadAsync(TestStation station, DateTimeOffset hour, double value)
    {
        await station.SendAsync(2061, Hour(hour, value), hour.AddHours(1).ToString("yyyyMMddHHmmssfff"));
        Assert.Equal(9014, (await station.ReceiveAsync()).Cn);
    }

    private static string Hour(DateTimeOffset hour, double value) =>
        FormattableString.Invariant($"DataTime={hour:yyyyMMddHHmmss};w01018-Avg={value},w01018-Flag=N");

    /// <summary>The clock stands still once something is being asked: otherwise the request would time out before this station has read it.</summary>
    private static async Task<TestStation.Told> AdvanceUntilAskedAsync(Hj212Fixture agent, TestStation station)
    {
        var asked = Task.Run(station.ReceiveAsync);
        await RunningAgent.UntilAsync(
            () =>
            {
                if (!asked.IsCompleted && !agent.Get<StationDirectory>().Listed.Any(s => s.Newest?.Active is not null))
                    agent.Time.Advance(TimeSpan.FromSeconds(5));
                return asked.IsCompleted;
            },
            "a recall");
        return await asked;
    }

    /// <summary>Rounds go by; then a heartbeat is answered, and nothing came before its answer.</summary>
    private static async Task NothingIsAskedAsync(Hj212Fixture agent, TestStation station)
    {
        for (var round = 0; round < 10; round++)
            agent.Time.Advance(TimeSpan.FromSeconds(60));
        await station.SendAsync(9015, "", flag: 9);
        Assert.Equal(9013, (await station.ReceiveAsync()).Cn);
    }
}
