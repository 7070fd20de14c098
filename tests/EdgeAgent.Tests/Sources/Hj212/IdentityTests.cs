using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Tests.Centre;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

/// <summary>Who speaks: names twice, names that are not on the list, passwords, names without end.</summary>
public sealed class IdentityTests
{
    private const string Unlisted = "ZZ0000000000";

    [Fact]
    public async Task Of_two_links_under_one_name_the_newer_is_answered_both_are_kept_and_it_is_told()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using var older = await agent.ConnectAsync();
        await SendAsync(older, 1);
        await older.ReceiveAsync();
        await using var newer = await agent.ConnectAsync();
        await SendAsync(newer, 2);
        await newer.ReceiveAsync();
        Assert.Empty(agent.Events(DeviceEventKind.Identity));

        await SendAsync(older, 3);
        await RunningAgent.UntilAsync(() => agent.Batches().Count == 3, "the older link's frame");
        await SendAsync(newer, 4);

        Assert.Equal("20261128160004000", (await newer.ReceiveAsync()).Qn);
        var identity = Assert.Single(agent.Records(), r => r.DeviceEvent?.Kind == DeviceEventKind.Identity);
        Assert.Equal(RecordClass.P0, identity.Identity.RecordClass);
        Assert.Equal([1.0, 2.0, 3.0, 4.0], agent.Batches().Select(b => b.Readings[0].Value));
        await newer.DisposeAsync();
        await RunningAgent.UntilAsync(() => agent.Events(DeviceEventKind.Disconnected).Count == 1, "the newer link's end");
        await SendAsync(older, 5);
        Assert.Equal("20261128160005000", (await older.ReceiveAsync()).Qn);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_station_that_is_not_on_the_list_is_kept_and_told_and_answered_as_configured(bool answered)
    {
        await using var agent = await Hj212Fixture.CreateAsync(settings: [("Hj212:AnswerUnknown", answered ? "true" : "false")]);
        await using var station = await agent.ConnectAsync(Unlisted);
        await SendAsync(station, 1);
        if (answered)
            Assert.Equal(9014, (await station.ReceiveAsync()).Cn);

        await RunningAgent.UntilAsync(() => agent.Batches(Unlisted).Count == 1, "the stranger's frame");
        Assert.Contains("unknown-station", agent.Batches(Unlisted)[0].Frames[0].Warnings);
        Assert.Equal("mg/L", agent.Batches(Unlisted)[0].Readings[0].Unit);
        Assert.Contains("not on the list", Assert.Single(agent.Events(DeviceEventKind.Identity, Unlisted)).Detail);
        await station.SendAsync(9015, "", flag: 9);
        if (answered)
            Assert.Equal(9013, (await station.ReceiveAsync()).Cn);
    }

    [Fact]
    public async Task Another_password_is_kept_told_and_not_answered()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using var station = await agent.ConnectAsync(Hj212Fixture.OtherMn);
        await station.SendAsync(2061, "DataTime=20261128150000;w01018-Avg=1,w01018-Flag=N", "20261128160001000", pw: "wrong");
        await station.SendAsync(2061, "DataTime=20261128140000;w01018-Avg=2,w01018-Flag=N", "20261128160002000", pw: "secret");

        Assert.Equal("20261128160002000", (await station.ReceiveAsync()).Qn);
        Assert.Equal([["wrong-password"], []], agent.Batches(Hj212Fixture.OtherMn).Select(b => b.Frames[0].Warnings.ToArray()));
        Assert.Single(agent.Events(DeviceEventKind.Identity, Hj212Fixture.OtherMn));
    }

    [Fact]
    public async Task Who_brings_ever_new_names_is_cut_off_and_what_came_is_kept()
    {
        await using var agent = await Hj212Fixture.CreateAsync(settings: [("Hj212:FramesAtOnce", "100000")]);
        await using var station = await agent.ConnectAsync();
        var sending = Task.Run(async () =>
        {
            try
            {
                for (var i = 0; i < 1200; i++)
                    await station.SendAsync(Vectors.Frame($"QN=20261128160000000;ST=32;CN=2061;PW=1;MN=N{i};Flag=4;CP=&&DataTime=20261128150000;w01018-Avg=1&&"));
            }
            catch (IOException)
            {
                // Cut off, as it has to be.
            }
        });

        Assert.True(await station.IsClosedAsync());
        await sending;
        Assert.Single(agent.Batches("N1023"));
        Assert.Single(agent.Batches("N1024"));
        Assert.Empty(agent.Batches("N1025"));
        // Told of, but not a thousand times: P0 is kept for ever.
        Assert.Single(agent.Events(DeviceEventKind.Identity, "N0"));
        Assert.Empty(agent.Events(DeviceEventKind.Identity, "N64"));
    }

    [Fact]
    public async Task A_gateway_speaks_for_several_stations_on_one_link()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using var station = await agent.ConnectAsync();
        await SendAsync(station, 1);
        await station.SendAsync(Vectors.Frame(
            $"QN=20261128160002000;ST=32;CN=2061;PW=secret;MN={Hj212Fixture.OtherMn};Flag=5;CP=&&DataTime=20261128150000;w01018-Avg=2&&"));

        Assert.Equal(Hj212Fixture.Mn, (await station.ReceiveAsync()).Mn);
        Assert.Equal(Hj212Fixture.OtherMn, (await station.ReceiveAsync()).Mn);
        Assert.Single(agent.Batches(Hj212Fixture.OtherMn));
    }

    private static Task SendAsync(TestStation station, int value) =>
        station.SendAsync(2061, $"DataTime=202611281500{value:D2};w01018-Avg={value},w01018-Flag=N", $"202611281600{value:D2}000");
}
