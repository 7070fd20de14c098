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
        await using var agent = await Hj212Fixture.CreateAsync();
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
