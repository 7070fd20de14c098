using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

public sealed class TakeOverTests
{
    [Fact]
    public async Task The_old_connection_drains_before_the_new_one_opens_MQTT5_3_1_4_3()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var old = await fixture.ConnectAsync("c");
        old.DrainsAtOnce = false;
        await old.SubscribeAsync("a");

        var opening = fixture.ConnectAsync("c");
        await WaitForTakeOverAsync(fixture, old);
        Assert.False(opening.IsCompleted);
        Assert.Equal(ReasonCode.Success, (await old.PublishAsync("a", "of what it had read")).Reason);
        Assert.Empty(old.Deliveries);
        old.Drain();
        var next = await opening;

        Assert.True(next.Opened.IsPresent);
        Assert.Equal(["of what it had read"], next.Texts);
    }

    [Fact]
    public async Task A_stale_handle_is_ignored()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var old = await fixture.ConnectAsync("c");
        await old.SubscribeAsync("a");
        var next = await fixture.ConnectAsync("c");
        await fixture.PublishAsync("a", "x");

        Assert.Equal(ReasonCode.SessionTakenOver, (await old.PublishAsync("a", "late")).Reason);
        Assert.Equal(ReasonCode.SessionTakenOver, await old.SubscribeAsync("b"));
        Assert.Equal(ReasonCode.SessionTakenOver, await old.UnsubscribeAsync("a"));
        Assert.Equal(ReasonCode.PacketIdentifierNotFound, await old.ReleaseAsync(1));
        await old.AnswerAsync(1, AnswerKind.Puback);
        await old.ReadyAsync();
        await old.CloseAsync();

        await fixture.PublishAsync("a", "y");
        Assert.Equal(["x", "y"], next.Texts);
        Assert.Empty(old.Deliveries);
        Assert.True(fixture.Presence.Changes[^1] is { IsOnline: true } last && last.Version == next.Session.Version);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_take_over_never_ends_in_offline(bool oldClosesItself)
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var old = await fixture.ConnectAsync("c");
        old.DrainsAtOnce = false;
        var opening = fixture.ConnectAsync("c");
        await WaitForTakeOverAsync(fixture, old);
        if (oldClosesItself)
            await old.CloseAsync(CloseReason.TakenOver);
        old.Drain();
        var next = await opening;
        if (!oldClosesItself)
            await old.CloseAsync(CloseReason.TakenOver);

        Assert.Equal([true, true], fixture.Presence.Changes.Select(c => c.IsOnline));
        Assert.Equal([old.Session.Version, next.Session.Version], fixture.Presence.Changes.Select(c => c.Version));
    }

    [Fact]
    public async Task If_the_one_who_takes_over_goes_away_the_old_connection_ends_as_usual()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var old = await fixture.ConnectAsync("c");
        old.DrainsAtOnce = false;
        using var leaving = new CancellationTokenSource();
        var opening = fixture.Broker.OpenAsync(
            new SessionRequest { ClientId = "c", Version = MqttVersion.V5 }, new TestClient(fixture), leaving.Token).AsTask();
        await WaitForTakeOverAsync(fixture, old);
        await old.CloseAsync(CloseReason.TakenOver);
        Assert.Single(fixture.Presence.Changes);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        await fixture.SettleAsync();

        Assert.Equal([true, false], fixture.Presence.Changes.Select(c => c.IsOnline));
        Assert.True((await fixture.ConnectAsync("c")).Opened.IsPresent);
    }

    [Fact]
    public async Task Of_several_who_take_over_at_once_the_last_stays()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var first = await fixture.ConnectAsync("c");
        first.DrainsAtOnce = false;
        var others = Enumerable.Range(0, 8).Select(_ => new TestClient(fixture)).ToList();
        var openings = others.Select(o => fixture.ConnectAsync("c", link: o)).ToList();
        await WaitForTakeOverAsync(fixture, first);
        first.Drain();
        await Task.WhenAll(openings);
        await fixture.SettleAsync();

        Assert.Equal(7, others.Count(o => o.WasTakenOver));
        var last = others.Single(o => !o.WasTakenOver);
        Assert.Equal(others.Max(o => o.Session.Version), last.Session.Version);
        Assert.DoesNotContain(fixture.Presence.Changes, c => !c.IsOnline);
        Assert.Equal(fixture.Presence.Changes.Select(c => c.Version).Order(), fixture.Presence.Changes.Select(c => c.Version));
    }

    [Fact]
    public async Task Versions_grow_over_kills()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        ulong last = 0;
        for (var i = 0; i < 4; i++)
        {
            var client = await fixture.ConnectAsync("c", clean: i % 2 == 0, expiry: i % 2 == 0 ? 0u : 10);
            Assert.True(client.Session.Version > last);
            last = client.Session.Version;
            await fixture.CutPowerAsync();
            fixture.Open();
        }
    }

    private static async Task WaitForTakeOverAsync(BrokerFixture fixture, TestClient old)
    {
        while (!old.WasTakenOver)
            await fixture.SettleAsync();
    }
}
