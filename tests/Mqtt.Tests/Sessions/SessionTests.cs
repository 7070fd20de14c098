using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

public sealed class SessionTests
{
    [Fact]
    public async Task A_persistent_session_is_present_on_return_with_its_subscriptions_and_messages_MQTT5_3_1_2_5()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var first = await fixture.ConnectAsync("c");
        Assert.False(first.Opened.IsPresent);
        await first.SubscribeAsync("a/+");
        await first.CloseAsync();
        await fixture.PublishAsync("a/1", "x");

        var second = await fixture.ConnectAsync("c");

        Assert.True(second.Opened.IsPresent);
        Assert.Equal(["x"], second.Texts);
        Assert.Equal(first.Session.SessionNumber, second.Session.SessionNumber);
        Assert.True(second.Session.Version > first.Session.Version);
    }

    [Fact]
    public async Task A_clean_start_begins_with_nothing_MQTT5_3_1_2_4()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var first = await fixture.ConnectAsync("c");
        await first.SubscribeAsync("a");
        await first.CloseAsync();
        await fixture.PublishAsync("a", "x");

        var second = await fixture.ConnectAsync("c", clean: true);

        Assert.False(second.Opened.IsPresent);
        Assert.NotEqual(first.Session.SessionNumber, second.Session.SessionNumber);
        Assert.Equal(ReasonCode.NoMatchingSubscribers, (await fixture.PublishAsync("a", "y")).Reason);
        Assert.Empty(second.Deliveries);
    }

    [Fact]
    public async Task A_session_with_expiry_0_ends_with_its_connection()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var first = await fixture.ConnectAsync("c", expiry: 0);
        await first.SubscribeAsync("a");
        await first.CloseAsync();

        Assert.Equal(ReasonCode.NoMatchingSubscribers, (await fixture.PublishAsync("a", "x")).Reason);
        Assert.False((await fixture.ConnectAsync("c")).Opened.IsPresent);
    }

    [Theory]
    [InlineData(99, true)]
    [InlineData(100, false)]
    [InlineData(101, false)]
    public async Task A_session_expires_at_its_instant_MQTT5_3_1_2_23(int seconds, bool isThere)
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        await (await fixture.ConnectAsync("c", expiry: 100)).CloseAsync();

        await fixture.AdvanceAsync(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isThere, (await fixture.ConnectAsync("c")).Opened.IsPresent);
    }

    [Fact]
    public async Task A_session_without_end_outlives_a_century()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        await (await fixture.ConnectAsync("c")).CloseAsync();

        await fixture.AdvanceAsync(TimeSpan.FromDays(36_525));

        Assert.True((await fixture.ConnectAsync("c")).Opened.IsPresent);
    }

    [Fact]
    public async Task Disconnect_may_shorten_the_expiry_and_end_the_session()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        await (await fixture.ConnectAsync("c")).CloseAsync(CloseReason.Disconnected, newExpiry: 10);
        await (await fixture.ConnectAsync("d")).CloseAsync(CloseReason.Disconnected, newExpiry: 0);

        Assert.False((await fixture.ConnectAsync("d")).Opened.IsPresent);
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.False((await fixture.ConnectAsync("c")).Opened.IsPresent);
    }

    [Fact]
    public async Task The_expiry_granted_is_the_lower_of_wish_and_limit()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o => o.MaximumSessionExpirySeconds = 60);
        var client = await fixture.ConnectAsync("c");

        Assert.Equal(60u, client.Opened.ExpirySeconds);
        await client.CloseAsync();
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(60));
        Assert.False((await fixture.ConnectAsync("c")).Opened.IsPresent);
    }

    [Fact]
    public async Task Who_has_no_name_is_given_one_of_its_own()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var one = await fixture.ConnectAsync("", clean: true, expiry: 0);
        var other = await fixture.ConnectAsync("", clean: true, expiry: 0);

        Assert.NotEmpty(one.Session.ClientId);
        Assert.NotEqual(one.Session.ClientId, other.Session.ClientId);
        Assert.False(one.WasTakenOver);
    }

    [Fact]
    public async Task There_are_only_so_many_sessions()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o => o.MaximumSessions = 2);
        await (await fixture.ConnectAsync("a")).CloseAsync();
        await fixture.ConnectAsync("b", expiry: 0);

        var refused = new TestClient(fixture);
        await fixture.ConnectAsync("c", link: refused);

        Assert.Equal(ReasonCode.QuotaExceeded, refused.Opened.Reason);
        Assert.Null(refused.Opened.Session);
        Assert.True((await fixture.ConnectAsync("a")).Opened.IsPresent);
    }

    [Fact]
    public async Task A_session_of_expiry_0_leaves_nothing_on_the_disk()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        await fixture.ConnectAsync("warm", expiry: 0); // reserves versions
        var flushes = fixture.Disk.FlushCount;

        var client = await fixture.ConnectAsync("c", expiry: 0);
        await client.SubscribeAsync("a");
        await fixture.PublishAsync("a", "x", QoS.ExactlyOnce);
        await client.AnswerAsync(1, AnswerKind.Pubrec);
        await client.AnswerAsync(1, AnswerKind.Pubcomp);
        await client.PublishAsync("b", "y");
        await client.PublishAsync("b", "y", QoS.ExactlyOnce, 7);
        await client.ReleaseAsync(7);
        await client.CloseAsync();

        Assert.Equal(flushes, fixture.Disk.FlushCount);
    }
}
