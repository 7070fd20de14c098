using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Tests.Centre;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

/// <summary>Messages in several packets: one batch, whatever the order, as far as they come.</summary>
public sealed class PacketTests
{
    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(3, 1, 2)]
    [InlineData(2, 2, 3, 1)]
    public async Task Packets_in_any_order_and_again_are_one_batch_in_their_order(params int[] order)
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using var station = await agent.ConnectAsync();

        foreach (var number in order)
            await SendAsync(station, number, of: 3);
        foreach (var _ in order)
            Assert.Equal(9014, (await station.ReceiveAsync()).Cn);

        var batch = Assert.Single(agent.Batches());
        Assert.Equal([1.0, 2.0, 3.0], batch.Readings.Select(r => r.Value));
        Assert.Equal([0u, 1u, 2u], batch.Readings.Select(r => r.Ordinal));
        Assert.Equal(3, batch.Frames.Count);
        Assert.All(batch.Frames, f => Assert.Empty(f.Warnings));
        Assert.Equal(batch.Raw.Length, (int)batch.Frames.Sum(f => f.Length));
    }

    [Fact]
    public async Task What_is_missing_when_the_time_is_over_is_missing_and_the_rest_is_kept_and_answered()
    {
        await using var agent = await Hj212Fixture.CreateAsync(settings: [("Hj212:RecallGaps", "false")]);
        await using var station = await agent.ConnectAsync();
        await SendAsync(station, 1, of: 3);
        await SendAsync(station, 3, of: 3);
        // A message that is answered behind them: they have been read.
        await station.SendAsync(2061, "DataTime=20261128150000;w01018-Avg=9,w01018-Flag=N");
        Assert.Equal("20261128160000000", (await station.ReceiveAsync()).Qn);
        Assert.Single(agent.Batches());

        var answers = Task.Run(async () => new[] { (await station.ReceiveAsync()).Qn, (await station.ReceiveAsync()).Qn });
        await RunningAgent.UntilAsync(
            () =>
            {
                agent.Time.Advance(TimeSpan.FromSeconds(1));
                return answers.IsCompleted;
            },
            "the answers");

        Assert.Equal(["20261128160001000", "20261128160003000"], await answers);
        var batch = agent.Batches()[1];
        Assert.Equal([1.0, 3.0], batch.Readings.Select(r => r.Value));
        Assert.All(batch.Frames, f => Assert.Contains("packets-missing", f.Warnings));
        Assert.Empty(agent.Events(DeviceEventKind.Incomplete));

        await ToldAsync(agent);
        var told = Assert.Single(agent.Events(DeviceEventKind.Incomplete));
        Assert.Equal(("1,3", "2", "3", "2061", "20261128140000"), (told.Fields["came"], told.Fields["missing"], told.Fields["PNUM"], told.Fields["CN"], told.Fields["DataTime"]));
        Assert.Equal("packets 2 of 3 did not come (2061 hourly data of 20261128140000); kept: 1,3", told.Detail);
        Assert.Equal(batch.Frames[0].Sha256, Assert.Single(told.Frames).Sha256);
    }

    [Fact]
    public async Task A_station_that_is_answered_packet_by_packet_and_stops_is_told_of()
    {
        await using var agent = await Hj212Fixture.CreateAsync(settings: [("Hj212:RecallGaps", "false")]);
        await using var station = await agent.ConnectAsync();
        await SendAsync(station, 1, of: 3);
        await AnsweredAsync(agent, station);
        await SendAsync(station, 2, of: 3);
        await station.ReceiveAsync();

        await ToldAsync(agent);

        Assert.Equal(("1,2", "3"), agent.Events(DeviceEventKind.Incomplete)[0].Fields is var f ? (f["came"], f["missing"]) : default);
        Assert.Equal([1.0, 2.0], agent.Batches().SelectMany(b => b.Readings).Select(r => r.Value));
        // What comes late is the same message's: nothing more is told.
        await SendAsync(station, 3, of: 3);
        await station.ReceiveAsync();
        await EndAsync(agent, station);
        Assert.Single(agent.Events(DeviceEventKind.Incomplete));
    }

    [Fact]
    public async Task A_message_that_is_whole_in_the_end_is_not_told_of_however_it_came_and_comes_again()
    {
        await using var agent = await Hj212Fixture.CreateAsync(settings: [("Hj212:RecallGaps", "false")]);
        await using var station = await agent.ConnectAsync();
        await SendAsync(station, 1, of: 3);
        await AnsweredAsync(agent, station);
        foreach (var number in new[] { 3, 2, 1 })
        {
            await SendAsync(station, number, of: 3);
            await station.ReceiveAsync();
        }

        await EndAsync(agent, station);

        Assert.Empty(agent.Events(DeviceEventKind.Incomplete));
    }

    [Fact]
    public async Task A_link_that_ends_tells_what_is_missing_and_the_next_one_goes_on()
    {
        await using var agent = await Hj212Fixture.CreateAsync(settings: [("Hj212:RecallGaps", "false")]);
        await using (var station = await agent.ConnectAsync())
        {
            await SendAsync(station, 1, of: 2);
            await EndAsync(agent, station);
        }
        Assert.Equal("2", Assert.Single(agent.Events(DeviceEventKind.Incomplete)).Fields["missing"]);

        // A link's end is told once a minute.
        agent.Time.Advance(TimeSpan.FromMinutes(2));
        await using var again = await agent.ConnectAsync();
        await SendAsync(again, 2, of: 2);
        await EndAsync(agent, again, links: 2);
        Assert.Single(agent.Events(DeviceEventKind.Incomplete));
        Assert.Equal(2, agent.Batches().Count);
    }

    /// The first packet of a station that waits for its answer is answered when the next did not come.
    private static async Task AnsweredAsync(Hj212Fixture agent, TestStation station)
    {
        var answer = station.ReceiveAsync();
        await RunningAgent.UntilAsync(
            () =>
            {
                agent.Time.Advance(TimeSpan.FromSeconds(1));
                return answer.IsCompleted;
            },
            "the answer");
        await answer;
    }

    private static Task ToldAsync(Hj212Fixture agent) => RunningAgent.UntilAsync(
        () =>
        {
            agent.Time.Advance(TimeSpan.FromSeconds(1));
            return agent.Events(DeviceEventKind.Incomplete).Count == 1;
        },
        "what is missing");

    /// The station hangs up, and the agent has done with the link.
    private static async Task EndAsync(Hj212Fixture agent, TestStation station, int links = 1)
    {
        await station.DisposeAsync();
        await RunningAgent.UntilAsync(() => agent.Events(DeviceEventKind.Disconnected).Count == links, "the link's end");
    }

    [Fact]
    public async Task A_station_that_waits_for_each_answer_gets_it_at_once_after_the_first_time()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using var station = await agent.ConnectAsync();
        await SendAsync(station, 1, of: 2);
        var first = Task.Run(station.ReceiveAsync);
        await RunningAgent.UntilAsync(
            () =>
            {
                agent.Time.Advance(TimeSpan.FromSeconds(1));
                return first.IsCompleted;
            },
            "the first answer");

        // The clock stands from here on.
        await SendAsync(station, 2, of: 2);
        await station.ReceiveAsync();
        await SendAsync(station, 1, of: 2, hour: 13);
        await station.ReceiveAsync();

        Assert.Equal(3, agent.Batches().Count);
    }

    [Fact]
    public async Task What_waits_when_the_link_ends_is_kept()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using (var station = await agent.ConnectAsync())
            await SendAsync(station, 1, of: 2);

        await RunningAgent.UntilAsync(() => agent.Batches().Count == 1, "the packet's batch");
    }

    [Fact]
    public async Task Another_packet_under_the_same_number_begins_another_message()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using var station = await agent.ConnectAsync();
        await SendAsync(station, 1, of: 2, value: 7);
        await SendAsync(station, 1, of: 2);
        await SendAsync(station, 2, of: 2);
        for (var i = 0; i < 3; i++)
            await station.ReceiveAsync();

        Assert.Equal([[7.0], [1.0, 2.0]], agent.Batches().Select(b => b.Readings.Select(r => r.Value).ToArray()));
    }

    // Each under a QN of its own, as in table C.49.
    private static Task SendAsync(TestStation station, int number, int of, int hour = 14, double? value = null) => station.SendAsync(
        2061, FormattableString.Invariant($"DataTime=20261128{hour}0000;w0000{number}-Avg={value ?? number},w0000{number}-Flag=N"),
        $"202611281600{number:D2}000", flag: 7, more: $"PNUM={of};PNO={number};");
}
