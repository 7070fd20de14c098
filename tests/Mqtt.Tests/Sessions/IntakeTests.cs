using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

/// QoS 2 messages whose content somebody else keeps.
public sealed class IntakeTests
{
    [Fact]
    public async Task A_remembered_id_waits_for_a_flush_that_happens_anyway_and_survives_it()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        var before = fixture.Disk.FlushCount;

        var remembered = fixture.Broker.RememberReceivedAsync(client.Session, 5, 100, 90, default).AsTask();
        await fixture.SettleAsync();
        Assert.Equal(before, fixture.Disk.FlushCount);
        Assert.False(remembered.IsCompleted);
        await fixture.TickAsync();
        await remembered;
        await fixture.CutPowerAsync();
        fixture.Open();

        Assert.Equal(90ul, fixture.Broker.ReceivedBookmark);
        Assert.Equal([(ushort)5], (await fixture.ConnectAsync("c")).Opened.Received);
    }

    [Fact]
    public async Task What_a_crash_took_is_restored_and_what_was_released_is_not()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync();
        var client = await fixture.ConnectAsync("c");
        var first = fixture.Broker.RememberReceivedAsync(client.Session, 1, 100, 100, default).AsTask();
        await client.ReleaseAsync(1);
        await first;
        _ = fixture.Broker.RememberReceivedAsync(client.Session, 2, 101, 101, default).AsTask();
        await fixture.SettleAsync();
        await fixture.CutPowerAsync();
        fixture.Open();
        Assert.Equal(100ul, fixture.Broker.ReceivedBookmark);
        var number = client.Session.SessionNumber;

        Assert.True(await fixture.Broker.RestoreReceivedAsync("c", number, 1, 100));
        Assert.True(await fixture.Broker.RestoreReceivedAsync("c", number, 2, 101));
        Assert.False(await fixture.Broker.RestoreReceivedAsync("c", number + 1, 3, 102));
        Assert.False(await fixture.Broker.RestoreReceivedAsync("d", number, 3, 102));

        var again = await fixture.ConnectAsync("c");
        Assert.Equal([(ushort)2], again.Opened.Received);
        Assert.Equal(ReasonCode.Success, await again.ReleaseAsync(2));
    }

    [Fact]
    public async Task The_mark_of_what_was_restored_survives_a_snapshot()
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o => (o.SnapshotTailBytes, o.SegmentBytes) = (4_096, 1_024));
        var client = await fixture.ConnectAsync("c");
        _ = fixture.Broker.RememberReceivedAsync(client.Session, 1, 100, 100, default).AsTask();
        await client.ReleaseAsync(1);
        for (var i = 0; i < 100; i++)
            await fixture.PublishAsync("filler", new string('x', 200), retain: true);
        await fixture.RestartAsync();

        Assert.True(await fixture.Broker.RestoreReceivedAsync("c", client.Session.SessionNumber, 1, 100));

        Assert.Empty((await fixture.ConnectAsync("c")).Opened.Received);
    }
}
