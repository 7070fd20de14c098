using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

public sealed class WillTests
{
    private static WillMessage Will(uint delay = 0, string text = "gone", bool retain = false) =>
        new(BrokerFixture.Message("will", text, retain: retain), delay);

    private static async Task<(BrokerFixture Fixture, TestClient Watcher)> OpenAsync()
    {
        var fixture = await BrokerFixture.OpenNewAsync();
        var watcher = await fixture.ConnectAsync("watcher");
        await watcher.SubscribeAsync("will");
        return (fixture, watcher);
    }

    [Theory]
    [InlineData(CloseReason.Disconnected, 0)]
    [InlineData(CloseReason.DisconnectedWithWill, 1)]
    [InlineData(CloseReason.ConnectionLost, 1)]
    [InlineData(CloseReason.KeepAliveTimeout, 1)]
    [InlineData(CloseReason.ProtocolError, 1)]
    [InlineData(CloseReason.Administrative, 1)]
    [InlineData(CloseReason.ServerShutdown, 0)]
    public async Task Only_a_proper_end_takes_the_will_back_MQTT5_3_1_2_8(CloseReason why, int sent)
    {
        var (fixture, watcher) = await OpenAsync();
        await using var _ = fixture;
        foreach (var expiry in new uint[] { 0, 100 })
        {
            watcher.Forget();
            var client = await fixture.ConnectAsync($"c{expiry}", expiry: expiry, will: Will());

            await client.CloseAsync(why);

            Assert.Equal(sent, watcher.Deliveries.Count);
            await fixture.AdvanceAsync(TimeSpan.FromSeconds(50));
            Assert.Equal(sent, watcher.Deliveries.Count);
        }
    }

    [Fact]
    public async Task A_delayed_will_waits_and_a_return_in_time_cancels_it_MQTT5_3_1_3_9()
    {
        var (fixture, watcher) = await OpenAsync();
        await using var _ = fixture;
        await (await fixture.ConnectAsync("late", will: Will(delay: 10, "late"))).CloseAsync();
        await (await fixture.ConnectAsync("back", will: Will(delay: 10, "back"))).CloseAsync();

        await fixture.AdvanceAsync(TimeSpan.FromSeconds(9));
        Assert.Empty(watcher.Deliveries);
        await fixture.ConnectAsync("back");
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["late"], watcher.Texts);
        await fixture.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(["late"], watcher.Texts);
    }

    [Fact]
    public async Task The_end_of_the_session_sends_the_will_before_its_delay()
    {
        var (fixture, watcher) = await OpenAsync();
        await using var _ = fixture;
        await (await fixture.ConnectAsync("expires", expiry: 5, will: Will(delay: 10, "expires"))).CloseAsync();
        await (await fixture.ConnectAsync("cleans", will: Will(delay: 10, "cleans"))).CloseAsync();
        await (await fixture.ConnectAsync("ends", expiry: 0, will: Will(delay: 10, "ends"))).CloseAsync();
        Assert.Equal(["ends"], watcher.Texts);

        await fixture.ConnectAsync("cleans", clean: true);
        Assert.Equal(["ends", "cleans"], watcher.Texts);
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(["ends", "cleans", "expires"], watcher.Texts);
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(50));
        Assert.Equal(3, watcher.Deliveries.Count);
    }

    [Theory]
    [InlineData(0, 100, false, 1)]
    [InlineData(10, 100, false, 0)]
    [InlineData(10, 100, true, 1)]
    [InlineData(10, 0, false, 1)]
    public async Task A_take_over_sends_it_if_it_has_no_delay_or_the_session_ends(uint delay, uint expiry, bool clean, int sent)
    {
        var (fixture, watcher) = await OpenAsync();
        await using var _ = fixture;
        await fixture.ConnectAsync("c", expiry: expiry, will: Will(delay));

        await fixture.ConnectAsync("c", clean, will: Will(delay, "of the new connection"));
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(50));

        Assert.Equal(Enumerable.Repeat("gone", sent), watcher.Texts);
    }

    [Fact]
    public async Task A_will_may_be_retained()
    {
        var (fixture, _) = await OpenAsync();
        await using var ending = fixture;
        await (await fixture.ConnectAsync("c", will: Will(retain: true))).CloseAsync();

        var later = await fixture.ConnectAsync("later");
        await later.SubscribeAsync("will");

        Assert.True(Assert.Single(later.Deliveries).IsRetained);
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(100u, 0u)]
    [InlineData(100u, 10u)]
    public async Task A_will_survives_a_kill_and_its_delay_counts_from_the_start(uint expiry, uint delay)
    {
        var (fixture, _) = await OpenAsync();
        await using var ending = fixture;
        await fixture.ConnectAsync("c", expiry: expiry, will: Will(delay));

        await fixture.CutPowerAsync();
        fixture.Open();
        var watcher = await fixture.ConnectAsync("watcher");
        Assert.Empty(watcher.Deliveries);
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(delay));

        Assert.Equal(["gone"], watcher.Texts);
        await watcher.AnswerAsync(1, AnswerKind.Puback);
        await fixture.RestartAsync();
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(1_000));
        Assert.Empty((await fixture.ConnectAsync("watcher")).Deliveries);
    }

    [Fact]
    public async Task Its_deadline_survives_a_restart_while_the_client_is_away()
    {
        var (fixture, _) = await OpenAsync();
        await using var ending = fixture;
        await (await fixture.ConnectAsync("c", will: Will(delay: 10))).CloseAsync();
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(9));

        await fixture.RestartAsync();
        var watcher = await fixture.ConnectAsync("watcher");
        await fixture.TickAsync();
        Assert.Empty(watcher.Deliveries);
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["gone"], watcher.Texts);
    }

    [Fact]
    public async Task A_client_that_is_back_before_the_first_heartbeat_after_a_start_is_not_reported_gone()
    {
        var (fixture, _) = await OpenAsync();
        await using var ending = fixture;
        await fixture.ConnectAsync("c", will: Will());
        await fixture.RestartAsync();

        await fixture.ConnectAsync("c", will: Will());
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(100));

        Assert.Empty((await fixture.ConnectAsync("watcher")).Deliveries);
    }
}
