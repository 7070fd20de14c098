using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Tests.Server;

namespace EdgeEnforcement.IngestService.Tests.Door.Mqtt;

public sealed class DeviceMessageTests
{
    [Fact]
    public async Task A_raw_message_is_an_entry_with_its_bytes_and_its_session()
    {
        await using var host = await MqttDoorHost.StartAsync();
        using var client = await host.ConnectAsync("logger-7");
        byte[] payload = [0, 255, 1, 2, 3];

        var puback = await client.AskAsync(RawPackets.Publish("ee/v1/mn-01/up/raw/hj212", payload, QoS.AtLeastOnce, 77));
        await client.AskAsync(RawPackets.Publish("ee/v1/mn-01/up/raw/hj212", payload, QoS.AtLeastOnce, 78, dup: true));

        Assert.Equal((77, (byte)0), (puback.Id, puback.Reason));
        var (entry, second) = (host.Entries[0], host.Entries[1]);
        Assert.True(puback.Contains([0x26, .. RawPackets.Text("entry"), .. RawPackets.Text($"{entry.Index.Value}")]), puback.Hex);
        Assert.Equal((LeafOrigin.Door, "door", (byte)3, 1UL, LeafFlags.None), (entry.Leaf.Origin, entry.Leaf.Producer, entry.Leaf.Class, entry.Leaf.Sequence, entry.Leaf.Flags));
        Assert.Equal((2UL, LeafFlags.PossibleDuplicate), (second.Leaf.Sequence, second.Leaf.Flags));
        Assert.Equal(Commitment.Compute(entry.Salt.Span, entry.Envelope.Span), entry.Leaf.Commitment);
        var record = LedgerDouble.Body(entry);
        Assert.Equal(("mn-01", 1UL, "door"), (record.SourceDevice, record.Identity.Sequence, record.Identity.Producer));
        var message = record.DeviceMessage;
        Assert.Equal(payload, message.Payload.ToByteArray());
        Assert.Equal(
            (DeviceContent.Raw, "hj212", "logger-7", 77u, 1u, false), (message.Content, message.Kind, message.ClientId, message.PacketId, message.Qos, message.Dup));
        Assert.True(LedgerDouble.Body(second).DeviceMessage.Dup);
        Assert.NotEqual(0UL, message.SessionNumber);
    }

    [Fact]
    public async Task No_PUBACK_leaves_before_the_flush()
    {
        await using var host = await MqttDoorHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        await client.AskAsync(RawPackets.Publish("ee/v1/d/up/raw/x", "first"));
        using var gate = new SemaphoreSlim(0);
        using var waiting = new SemaphoreSlim(0);
        host.Ledger.Disk.BeforeFlush = () =>
        {
            waiting.Release();
            gate.Wait(TestContext.Current.CancellationToken);
        };

        await client.SendAsync(RawPackets.Publish("ee/v1/d/up/raw/x", "second", id: 2), RawPackets.Publish("ee/v1/d/up/raw/x", "third", QoS.ExactlyOnce, 3));
        await waiting.WaitAsync(TestContext.Current.CancellationToken);
        // Asked for after it, answered before it.
        Assert.Equal(13, (await client.AskAsync(RawPackets.Pingreq)).Type);
        host.Ledger.Disk.BeforeFlush = null;
        gate.Release(100);

        Assert.Equal((4, 2), ((await client.ReadAsync()) is var puback ? puback.Type : 0, puback.Id));
        Assert.Equal((5, 3), ((await client.ReadAsync()) is var pubrec ? pubrec.Type : 0, pubrec.Id));
    }

    [Fact]
    public async Task A_thousand_in_one_breath_are_kept_and_answered_in_their_order()
    {
        await using var host = await MqttDoorHost.StartAsync();
        using var client = await host.ConnectAsync("c", MqttVersion.V311);

        await client.SendAsync([.. Enumerable.Range(1, 1_000).Select(i => RawPackets.Publish("ee/v1/d/up/raw/x", $"{i}", id: (ushort)i, version: MqttVersion.V311))]);
        for (var i = 1; i <= 1_000; i++)
            Assert.Equal(i, (await client.ReadAsync()).Id);

        Assert.Equal(Enumerable.Range(1, 1_000).Select(i => $"{i}"), host.Messages.Select(m => m.Payload.ToStringUtf8()));
    }

    [Fact]
    public async Task A_flush_that_fails_acknowledges_nothing()
    {
        await using var host = await MqttDoorHost.StartAsync();
        using var client = await host.ConnectAsync("c", MqttVersion.V311);
        await client.AskAsync(RawPackets.Publish("ee/v1/d/up/raw/x", "first", version: MqttVersion.V311));
        host.Ledger.Disk.BeforeFlush = () => throw new IOException("the disk is gone");

        await client.SendAsync(RawPackets.Publish("ee/v1/d/up/raw/x", "second", id: 2, version: MqttVersion.V311));
        client.EndSending();

        await client.ExpectClosedAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => host.Core.Completion);
    }

    [Fact]
    public async Task JSON_is_kept_as_JSON_and_what_is_none_is_kept_in_quarantine_and_named()
    {
        await using var host = await MqttDoorHost.StartAsync();
        using var client = await host.ConnectAsync("d");
        using var older = await host.ConnectAsync("e", MqttVersion.V311);
        await client.AskAsync(RawPackets.Subscribe("ee/v1/d/down"));

        var good = await client.AskAsync(RawPackets.Publish("ee/v1/d/up/json", """{"ph":7.1}""", id: 1));
        await client.SendAsync(RawPackets.Publish("ee/v1/d/up/json", """{"ph":}""", id: 2));
        var (first, second) = (await client.ReadAsync(), await client.ReadAsync());
        var (down, bad) = first.Type == 3 ? (first, second) : (second, first);
        var badOfOlder = await older.AskAsync(RawPackets.Publish("ee/v1/e/up/json", "", id: 3, version: MqttVersion.V311));

        Assert.Equal((byte)0, good.Reason);
        Assert.Equal((2, (byte)ReasonCode.PayloadFormatInvalid), (bad.Id, bad.Reason));
        Assert.True(bad.Contains(Encoding.UTF8.GetBytes("MALFORMED")));
        Assert.Equal("400003", badOfOlder.Hex);
        Assert.Contains("MALFORMED", Encoding.UTF8.GetString(down.Body));
        Assert.Equal([LeafFlags.None, LeafFlags.Quarantined, LeafFlags.Quarantined], host.Entries.Select(e => e.Leaf.Flags));
        Assert.Equal([0u, (uint)RefusalCode.Malformed, (uint)RefusalCode.Malformed], host.Messages.Select(m => m.RefusalCode));
        Assert.Equal("""{"ph":}""", host.Messages[1].Payload.ToStringUtf8());
    }

    [Theory]
    [InlineData("ee/v1/d/up/else")]
    [InlineData("ee/v1/d/up/raw")]
    [InlineData("ee/v1/d/up/raw/a/b")]
    [InlineData("ee/v1/设备/up/raw/a")]
    public async Task A_topic_below_up_that_is_none_of_ours_keeps_nothing(string topic)
    {
        await using var host = await MqttDoorHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        using var older = await host.ConnectAsync("o", MqttVersion.V311);

        Assert.Equal((byte)ReasonCode.PayloadFormatInvalid, (await client.AskAsync(RawPackets.Publish(topic, "x"))).Reason);
        await older.SendAsync(RawPackets.Publish(topic, "x", version: MqttVersion.V311));
        older.EndSending();

        await older.ExpectClosedAsync();
        Assert.Empty(host.Entries);
    }

    [Fact]
    public async Task Without_room_on_the_disk_the_sender_is_told_to_come_later()
    {
        await using var host = await MqttDoorHost.StartAsync(configure: ledger => ledger.Room = new NoRoom());
        using var client = await host.ConnectAsync("c");

        var puback = await client.AskAsync(RawPackets.Publish("ee/v1/d/up/raw/x", "1"));

        Assert.Equal((byte)ReasonCode.QuotaExceeded, puback.Reason);
        Assert.Empty(host.Entries);
    }

    [Fact]
    public async Task Only_the_service_speaks_on_down_and_feed_whatever_the_rules_say()
    {
        await using var host = await MqttDoorHost.StartAsync();
        using var client = await host.ConnectAsync("c");

        foreach (var topic in new[] { "ee/v1/c/down", "ee/v1/feed/alerts", "$SYS/x" })
            Assert.Equal((byte)ReasonCode.NotAuthorized, (await client.AskAsync(RawPackets.Publish(topic, "x"))).Reason);
    }

    private sealed class NoRoom : ILedgerRoom
    {
        public RefusalDetail? WhyNot(RecordClass recordClass) => recordClass == RecordClass.P2 ? new RefusalDetail(RefusalCode.Busy, "full") : null;
    }
}
