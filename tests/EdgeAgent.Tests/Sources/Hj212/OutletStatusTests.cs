using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Sources.Hj212;
using EdgeEnforcement.EdgeAgent.Tests.Centre;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

/// <summary>What `status` knows of a station: connected or since when silent, what came last, what is asked of it.</summary>
public sealed class OutletStatusTests
{
    private static readonly DateTimeOffset Local = new(2026, 11, 28, 16, 0, 0, TimeSpan.FromHours(8));

    private static OutletSnapshot Read(Hj212Fixture agent, string mn = Hj212Fixture.Mn) => agent.Get<OutletStatus>().Read().Single(o => o.Mn == mn);

    [Fact]
    public async Task A_station_is_unheard_then_connected_then_silent_since_its_last_word_over_a_restart_too()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        Assert.Equal(("3号排口", "", null, 0, "", true), Read(agent) is var o ? (o.Name, o.Remote, o.HeardAt, o.Newest.Count, o.Quality, o.IsListed) : default);

        await using (var station = await agent.ConnectAsync())
        {
            await station.SendAsync(2011, "DataTime=20261128160000;w01018-Rtd=1,w01018-Flag=N", "20261128160003000");
            await station.ReceiveAsync();
            await station.SendAsync(2061, "DataTime=20261128140000;w01018-Avg=9,w01018-Flag=M;w01001-Avg=7,w01001-Flag=N");
            await station.ReceiveAsync();
            await station.SendAsync(2061, "DataTime=20261128130000;w01018-Avg=9,w01018-Flag=M");
            await station.ReceiveAsync();

            var connected = Read(agent);
            Assert.StartsWith("127.0.0.1:", connected.Remote);
            Assert.Equal((Hj212Fixture.Start, "w01018=M", 3.0), (connected.HeardAt, connected.Quality, connected.ClockOffsetSeconds));
            Assert.Equal([("hour", Local.AddHours(-2)), ("real-time", Local)], connected.Newest.Select(n => (n.Key, n.Value)));
        }
        await RunningAgent.UntilAsync(() => Read(agent).Remote.Length == 0, "the link's end");
        Assert.Equal(Hj212Fixture.Start, Read(agent).HeardAt);

        agent.Time.Advance(TimeSpan.FromHours(1));
        await agent.ReopenAsync();
        var silent = Read(agent);
        Assert.Equal(("", Hj212Fixture.Start, "w01018=M", 2), (silent.Remote, silent.HeardAt, silent.Quality, silent.Newest.Count));
        Assert.Null(silent.ClockOffsetSeconds);
    }

    [Fact]
    public async Task A_recall_is_shown_while_it_is_under_way()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using var station = await agent.ConnectAsync();
        await station.SendAsync(2061, "DataTime=20261128100000;w01018-Avg=1,w01018-Flag=N");
        await station.ReceiveAsync();
        await station.SendAsync(2061, "DataTime=20261128130000;w01018-Avg=1,w01018-Flag=N");
        await station.ReceiveAsync();
        Assert.Equal("", Read(agent).Recall);

        // The first look there is.
        agent.Time.Advance(TimeSpan.FromSeconds(30));
        var asked = await station.ReceiveAsync();
        await RunningAgent.UntilAsync(() => Read(agent).Recall.Length > 0, "the recall shown");
        Assert.Equal("hour 2026-11-28 11:00 to 2026-11-28 13:00", Read(agent).Recall);

        await station.ObeyAsync(asked, exeRtn: 100);
        await RunningAgent.UntilAsync(() => Read(agent).Recall.Length == 0, "the recall's end shown");
    }

    [Fact]
    public async Task A_stranger_is_shown_as_one()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using var station = await agent.ConnectAsync("STRANGER1");
        await station.SendAsync(2011, "DataTime=20261128160000;w01018-Rtd=1,w01018-Flag=N");
        await station.ReceiveAsync();

        Assert.Equal(["010000A8900016F000169DC0", "010000A8900016F000169DC1", "STRANGER1"], agent.Get<OutletStatus>().Read().Select(o => o.Mn));
        Assert.False(Read(agent, "STRANGER1").IsListed);
    }
}
