using System.Text;
using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

public sealed class PresenceTests
{
    [Fact]
    public async Task A_change_says_session_keep_alive_gateway_and_when_the_client_was_heard_last()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = new TestClient(fixture);
        client.Opened = await fixture.Broker.OpenAsync(
            new SessionRequest { ClientId = "c", Version = MqttVersion.V5, KeepAliveSeconds = 30, Gateway = "gw-1" }, client, TestContext.Current.CancellationToken);
        client.SilentFor = TimeSpan.FromSeconds(45);

        await client.CloseAsync(CloseReason.KeepAliveTimeout);
        await fixture.SettleAsync();

        Assert.Equal([null, CloseReason.KeepAliveTimeout], fixture.Presence.Changes.Select(change => change.Reason));
        Assert.All(fixture.Presence.Changes, change => Assert.Equal(
            (client.Session.SessionNumber, client.Session.Version, 30, "gw-1"), (change.SessionNumber, change.Version, change.KeepAliveSeconds, change.Gateway)));
        Assert.Equal(fixture.Time.GetUtcNow().AddSeconds(-45).ToUnixTimeMilliseconds(), fixture.Presence.Changes[^1].HeardAt);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task A_will_that_the_observer_takes_is_told_to_it_and_to_nobody_else(uint expiry)
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var watcher = await fixture.ConnectAsync("watcher");
        await watcher.SubscribeAsync("presence/#");
        var client = await fixture.ConnectAsync("c", expiry: expiry, will: WillOn("presence/c", "gone"));

        await client.CloseAsync(CloseReason.ConnectionLost);
        await fixture.SettleAsync();

        var will = Assert.Single(fixture.Presence.Wills);
        Assert.Equal(("c", client.Session.Version, "gone"), (will.ClientId, will.Version, Encoding.UTF8.GetString(will.Message.Payload.Span)));
        Assert.Empty(watcher.Deliveries);
    }

    [Fact]
    public async Task A_taken_will_that_became_due_over_a_restart_is_told_once_without_a_version()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        await fixture.ConnectAsync("c", will: WillOn("presence/c", "gone"));
        await fixture.CutPowerAsync();
        fixture.Open();

        await fixture.TickAsync();
        await fixture.CutPowerAsync();
        fixture.Open();
        await fixture.TickAsync();

        Assert.Equal(("c", 0ul), (Assert.Single(fixture.Presence.Wills).ClientId, fixture.Presence.Wills[0].Version));
    }

    private static WillMessage WillOn(string topic, string text) => new(BrokerFixture.Message(topic, text, retain: true));
}
