using EdgeEnforcement.Mqtt.Sessions;
using EdgeEnforcement.Mqtt.Sessions.Facts;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

/// Each with the log alone and with a snapshot under it; the disk keeps only what was flushed.
public sealed class RestartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sessions_subscriptions_and_queues_survive_a_power_cut(bool withSnapshot)
    {
        await using var fixture = await OpenAsync(withSnapshot);
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a/#", QoS.AtLeastOnce, identifier: 5, asPublished: true);
        await client.SubscribeAsync("gone");
        await client.UnsubscribeAsync("gone");
        await client.CloseAsync();
        await fixture.Broker.PublishAsync(null, Rich(), 0, default);
        await fixture.PublishAsync("a/2", "late", expiry: 10);

        await CutAsync(fixture, withSnapshot);
        fixture.Time.Advance(TimeSpan.FromSeconds(3));
        var again = await fixture.ConnectAsync("c");

        Assert.True(again.Opened.IsPresent);
        Assert.Equal(client.Session.SessionNumber, again.Session.SessionNumber);
        Assert.Equal(2, again.Deliveries.Count);
        AssertEqual(Rich(), again.Deliveries[0].Message);
        Assert.Equal([5u], again.Deliveries[0].SubscriptionIdentifiers);
        Assert.True(again.Deliveries[0].IsRetained);
        Assert.Equal(7u, again.Deliveries[1].ExpirySeconds);
        Assert.Equal(ReasonCode.NoMatchingSubscribers, (await fixture.PublishAsync("gone", "x")).Reason);
        Assert.Equal(ReasonCode.Success, (await fixture.PublishAsync("a/3", "x")).Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deliveries_in_flight_survive_with_their_ids_and_states(bool withSnapshot)
    {
        await using var fixture = await OpenAsync(withSnapshot);
        var client = await fixture.ConnectAsync("c", window: 4);
        await client.SubscribeAsync("a");
        for (var i = 0; i < 6; i++)
            await fixture.PublishAsync("a", $"{i}", i == 5 ? QoS.AtLeastOnce : QoS.ExactlyOnce);
        var ids = client.Deliveries.Select(d => d.PacketId).ToList();
        await client.AnswerAsync(ids[2], AnswerKind.Pubrec);
        await client.AnswerAsync(ids[1], AnswerKind.Pubrec);
        await client.AnswerAsync(ids[3], AnswerKind.Pubrec);
        await client.AnswerAsync(ids[3], AnswerKind.Pubcomp);
        await fixture.TickAsync();

        await CutAsync(fixture, withSnapshot);
        var again = await fixture.ConnectAsync("c", window: 10);

        Assert.Equal([ids[2], ids[1]], again.Releases.Select(r => r.Id));
        Assert.Equal(["0", "4", "5"], again.Texts);
        Assert.Equal((ids[0], true), (again.Deliveries[0].PacketId, again.Deliveries[0].IsDuplicate));
        Assert.True(again.Deliveries[1].IsDuplicate); // PUBCOMP had made room, and its id may have been sent
        Assert.False(again.Deliveries[2].IsDuplicate);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Received_QoS_2_ids_survive_and_released_ones_do_not(bool withSnapshot)
    {
        await using var fixture = await OpenAsync(withSnapshot);
        var receiver = await fixture.ConnectAsync("r");
        await receiver.SubscribeAsync("a");
        var client = await fixture.ConnectAsync("c");
        await client.PublishAsync("a", "kept", QoS.ExactlyOnce, 3);
        await client.PublishAsync("nobody", "kept", QoS.ExactlyOnce, 4);
        await client.PublishAsync("a", "done", QoS.ExactlyOnce, 5);
        await client.ReleaseAsync(5);

        await CutAsync(fixture, withSnapshot);
        var again = await fixture.ConnectAsync("c");

        Assert.Equal([(ushort)3, (ushort)4], again.Opened.Received.Order());
        await again.PublishAsync("a", "kept", QoS.ExactlyOnce, 3);
        await again.PublishAsync("a", "new", QoS.ExactlyOnce, 5);
        Assert.Equal(["kept", "done", "new"], (await fixture.ConnectAsync("r")).Texts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Retained_messages_survive_with_their_expiry(bool withSnapshot)
    {
        await using var fixture = await OpenAsync(withSnapshot);
        await fixture.PublishAsync("a", "old", retain: true);
        await fixture.PublishAsync("a", "new", retain: true);
        await fixture.PublishAsync("gone", "x", retain: true);
        await fixture.PublishAsync("gone", "", retain: true);
        await fixture.PublishAsync("$short", "x", retain: true, expiry: 10);

        await CutAsync(fixture, withSnapshot);
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("#");
        await client.SubscribeAsync("$short");
        Assert.Equal(["new", "x"], client.Texts);
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(10));
        await client.SubscribeAsync("$short");

        Assert.Equal(2, client.Deliveries.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Expiry_deadlines_survive_and_count_from_the_start_for_who_was_connected(bool withSnapshot)
    {
        await using var fixture = await OpenAsync(withSnapshot);
        await (await fixture.ConnectAsync("away", expiry: 10)).CloseAsync();
        await fixture.ConnectAsync("here", expiry: 10);
        await fixture.ConnectAsync("brief", expiry: 0);
        fixture.Time.Advance(TimeSpan.FromSeconds(9));

        await CutAsync(fixture, withSnapshot);
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.False((await fixture.ConnectAsync("away")).Opened.IsPresent);
        Assert.False((await fixture.ConnectAsync("brief")).Opened.IsPresent);
        Assert.True((await fixture.ConnectAsync("here")).Opened.IsPresent);
    }

    [Fact]
    public async Task Snapshots_come_by_themselves_and_keep_the_log_short()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o => (o.SnapshotTailBytes, o.SegmentBytes) = (8_192, 4_096));
        var client = await fixture.ConnectAsync("c", link: new TestClient(fixture) { AnswersAll = true });
        await client.SubscribeAsync("a");
        for (var i = 0; i < 500; i++)
            await fixture.PublishAsync("a", $"{i}");

        var bytes = fixture.Disk.EnumerateFiles(BrokerFixture.Folder).Sum(f => fixture.Disk.GetLength($"{BrokerFixture.Folder}/{f}"));
        Assert.InRange(bytes, 1, 30_000);
        Assert.Contains("snapshot", fixture.Disk.EnumerateFiles(BrokerFixture.Folder));
        Assert.DoesNotContain("snapshot.tmp", fixture.Disk.EnumerateFiles(BrokerFixture.Folder));
        await fixture.RestartAsync();
        Assert.True((await fixture.ConnectAsync("c")).Opened.IsPresent);
    }

    [Fact]
    public async Task A_graceful_end_loses_nothing_not_even_what_needs_no_flush()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        await client.SubscribeAsync("a");
        await fixture.PublishAsync("a", "x");
        await client.AnswerAsync(1, AnswerKind.Puback);
        await client.CloseAsync(CloseReason.ServerShutdown);
        await fixture.CloseAsync();
        fixture.Disk.Crash(CrashMode.Drop);
        fixture.Open();

        Assert.Empty((await fixture.ConnectAsync("c")).Deliveries);
    }

    [Fact]
    public async Task A_damaged_snapshot_or_a_missing_one_is_named_and_nothing_starts()
    {
        await using var fixture = await OpenAsync(withSnapshot: true);
        await ForceSnapshotAsync(fixture);
        await fixture.CloseAsync();
        var path = $"{BrokerFixture.Folder}/snapshot";
        var sound = fixture.Disk.ReadAllBytes(path);
        for (var at = 0; at < sound.Length; at += Math.Max(1, sound.Length / 50))
        {
            var damaged = sound.ToArray();
            damaged[at] ^= 0x10;
            fixture.Disk.Delete(path);
            fixture.Disk.Place(path, damaged);
            Assert.Contains("snapshot", Assert.ThrowsAny<IOException>(fixture.Open).Message, StringComparison.Ordinal);
        }
        fixture.Disk.Delete(path);
        fixture.Disk.Place(path, sound.AsSpan(0, sound.Length - 1));
        Assert.Throws<SessionLogDamageException>(fixture.Open);
        fixture.Disk.Delete(path);
        Assert.Throws<SessionLogDamageException>(fixture.Open);
        fixture.Disk.Place(path, sound);
        fixture.Open();
    }

    private static async Task<BrokerFixture> OpenAsync(bool withSnapshot) => await BrokerFixture.OpenNewAsync(o =>
    {
        if (withSnapshot)
            (o.SnapshotTailBytes, o.SegmentBytes) = (4_096, 1_024);
    });

    private static async Task CutAsync(BrokerFixture fixture, bool withSnapshot)
    {
        if (withSnapshot)
            await ForceSnapshotAsync(fixture);
        await fixture.CutPowerAsync();
        fixture.Open();
    }

    /// Two of them: the second is made by a broker that rests on the first.
    private static async Task ForceSnapshotAsync(BrokerFixture fixture)
    {
        for (var i = 0; i < 2; i++)
        {
            var before = fixture.Disk.SyncDirectoryCount;
            for (var n = 0; n < 100; n++)
                await fixture.PublishAsync("filler", new string('x', 200), retain: true);
            await fixture.PublishAsync("filler", "", retain: true);
            Assert.True(fixture.Disk.SyncDirectoryCount > before + 2);
            if (i == 0)
                await fixture.RestartAsync();
        }
    }

    private static ApplicationMessage Rich() => BrokerFixture.Message("a/1", "payload", retain: true) with
    {
        IsText = true,
        ContentType = "text/plain",
        ResponseTopic = "r/1",
        CorrelationData = new byte[] { 1, 2 },
        UserProperties = [new UserProperty("k", "v"), new UserProperty("k", "")],
    };

    private static void AssertEqual(ApplicationMessage expected, ApplicationMessage actual)
    {
        Assert.Equal(expected.Payload.ToArray(), actual.Payload.ToArray());
        Assert.Equal(expected.CorrelationData?.ToArray(), actual.CorrelationData?.ToArray());
        Assert.Equal(expected.UserProperties, actual.UserProperties);
        Assert.Equal(
            expected with { Payload = default, CorrelationData = null, UserProperties = [] },
            actual with { Payload = default, CorrelationData = null, UserProperties = [] });
    }
}
