using System.Buffers.Binary;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Tests.Server;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Tests.Door.Mqtt;

public sealed class EnvelopeOverMqttTests
{
    [Fact]
    public async Task Hello_and_record_are_answered_on_down_with_their_correlation()
    {
        await using var host = await MqttDoorHost.StartAsync();
        var producer = host.Register("dock-1");
        using var client = await SubscribedAsync(host, "dock-1");
        var hello = new ReportRequest { Hello = new Hello { Producer = "dock-1" }, Correlation = 5 };

        var (greeted, helloAck) = await AskAsync(client, "ee/v1/dock-1/up/hello", hello.ToByteArray(), 1);
        var envelope = producer.SealedStatus();
        var (answered, ack) = await AskAsync(client, "ee/v1/dock-1/up", envelope, 2, correlation: 17);
        var (repeated, _) = await AskAsync(client, "ee/v1/dock-1/up", envelope, 3, correlation: 18);

        Assert.Equal((byte)0, helloAck.Reason);
        Assert.Equal((5UL, 1u, 256u), (greeted.Correlation, greeted.Hello.Epoch, greeted.Hello.Window));
        Assert.Equal((byte)0, ack.Reason);
        Assert.Equal((17UL, ReceiptCode.Appended), (answered.Correlation, answered.Receipt.Code));
        Assert.True(LeafFormat.TryParse(answered.Receipt.Leaf.Span, out var leaf));
        Assert.Equal(Commitment.Compute(answered.Receipt.Salt.Span, envelope), leaf.Commitment);
        Assert.Equal(
            (18UL, ReceiptCode.Duplicate, answered.Receipt.Index, answered.Receipt.Leaf),
            (repeated.Correlation, repeated.Receipt.Code, repeated.Receipt.Index, repeated.Receipt.Leaf));
        Assert.Single(host.Entries);
    }

    [Fact]
    public async Task A_window_of_envelopes_is_answered_in_its_order()
    {
        await using var host = await MqttDoorHost.StartAsync();
        var producer = host.Register("dock-1");
        using var client = await SubscribedAsync(host, "dock-1");

        await client.SendAsync([.. Enumerable.Range(1, 100).Select(i => Publish("ee/v1/dock-1/up", producer.SealedStatus(), (ushort)i, (ulong)i))]);
        var (acks, correlations) = (new List<int>(), new List<ulong>());
        while (acks.Count < 100 || correlations.Count < 100)
        {
            var packet = await client.ReadAsync();
            if (packet.Type == 4)
                acks.Add(packet.Id);
            else
            {
                correlations.Add(ResponseOf(packet).Correlation);
                await client.SendAsync(RawPackets.Puback(packet.Id));
            }
        }

        Assert.Equal(Enumerable.Range(1, 100), acks);
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (ulong)i), correlations);
    }

    [Fact]
    public async Task What_its_producer_did_not_sign_is_refused_and_not_kept()
    {
        await using var host = await MqttDoorHost.StartAsync();
        host.Register("dock-1");
        using var client = await SubscribedAsync(host, "dock-1");
        var forged = new Producer("dock-1", SigningKey.Create()).SealedStatus();

        var (answer, ack) = await AskAsync(client, "ee/v1/dock-1/up", forged, 2);
        var (stranger, strangersAck) = await AskAsync(client, "ee/v1/nobody/up", forged, 3, answerTopic: null);

        Assert.Equal(("BAD_SIGNATURE", (byte)ReasonCode.NotAuthorized), (answer.Refusal.Name, ack.Reason));
        Assert.Equal((byte)ReasonCode.NotAuthorized, strangersAck.Reason);
        Assert.Null(stranger);
        Assert.Empty(host.Entries);
    }

    [Fact]
    public async Task On_3_1_1_the_refusal_arrives_on_down_and_then_the_connection_ends()
    {
        await using var host = await MqttDoorHost.StartAsync();
        host.Register("dock-1");
        using var client = await SubscribedAsync(host, "dock-1", MqttVersion.V311);
        var forged = new Producer("dock-1", SigningKey.Create()).SealedStatus();

        await client.SendAsync(RawPackets.Publish("ee/v1/dock-1/up", forged, QoS.AtLeastOnce, 2, MqttVersion.V311));

        Assert.Equal("BAD_SIGNATURE", ResponseOf(await client.ReadAsync()).Refusal.Name);
        client.EndSending();
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Authenticated_rubbish_is_kept_in_quarantine_and_said_to_be()
    {
        await using var host = await MqttDoorHost.StartAsync();
        var producer = host.Register("dock-1");
        using var client = await SubscribedAsync(host, "dock-1");
        var rubbish = new EnvelopeSigner(producer.Key).Seal(PayloadTypes.Record, ByteString.CopyFrom(new byte[100]));

        var (answer, ack) = await AskAsync(client, "ee/v1/dock-1/up", rubbish, 2, correlation: 3);

        Assert.Equal((ReceiptCode.Quarantined, 3UL), (answer.Receipt.Code, answer.Correlation));
        Assert.Equal((byte)ReasonCode.PayloadFormatInvalid, ack.Reason);
    }

    [Theory]
    [InlineData("dock-1", 7u, false, "STALE_EPOCH")]
    [InlineData("dock-2", 0u, false, "IDENTITY_MISMATCH")]
    public async Task A_hello_that_cannot_be_confirmed_is_refused(string producer, uint epoch, bool isNew, string refusal)
    {
        await using var host = await MqttDoorHost.StartAsync();
        host.Register("dock-1");
        using var client = await SubscribedAsync(host, "dock-1");
        var hello = new ReportRequest { Hello = new Hello { Producer = producer, Epoch = epoch, NewEpoch = isNew }, Correlation = 9 };

        var (answer, _) = await AskAsync(client, "ee/v1/dock-1/up/hello", hello.ToByteArray(), 1);

        Assert.Equal((refusal, 9UL), (answer.Refusal.Name, answer.Correlation));
    }

    [Fact]
    public async Task A_hello_that_is_none_is_malformed()
    {
        await using var host = await MqttDoorHost.StartAsync();
        host.Register("dock-1");
        using var client = await SubscribedAsync(host, "dock-1");

        var (answer, ack) = await AskAsync(client, "ee/v1/dock-1/up/hello", [0xFF, 0xFF], 1);

        Assert.Equal(("MALFORMED", (byte)ReasonCode.PayloadFormatInvalid), (answer.Refusal.Name, ack.Reason));
    }

    private static async Task<RawClient> SubscribedAsync(MqttDoorHost host, string device, MqttVersion version = MqttVersion.V5)
    {
        var client = await host.ConnectAsync(device, version);
        Assert.Equal(9, (await client.AskAsync(RawPackets.Subscribe($"ee/v1/{device}/down", QoS.AtMostOnce, version: version))).Type);
        return client;
    }

    private static byte[] Publish(string topic, byte[] payload, ushort id, ulong correlation)
    {
        var data = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(data, correlation);
        return RawPackets.Publish(topic, payload, QoS.AtLeastOnce, id, properties: correlation == 0 ? null : [0x09, 0, 8, .. data]);
    }

    /// The answer on down and PUBACK, in whichever order they come.
    private static async Task<(ReportResponse Answer, RawPacket Ack)> AskAsync(
        RawClient client, string topic, byte[] payload, ushort id, ulong correlation = 0, string? answerTopic = "down")
    {
        await client.SendAsync(Publish(topic, payload, id, correlation));
        RawPacket? ack = null, down = null;
        while (ack is null || (down is null && answerTopic is not null))
        {
            var packet = await client.ReadAsync();
            if (packet.Type == 4)
                ack = packet;
            else
                down = packet;
        }
        return (down is null ? null! : ResponseOf(down), ack);
    }

    /// Topic, properties (their length in one byte here), payload.
    private static ReportResponse ResponseOf(RawPacket packet)
    {
        var at = 2 + packet.Short(0);
        var type = System.Text.Encoding.UTF8.GetBytes("report-response");
        if (packet.Contains(type))
            at += 1 + packet.Body[at];
        return ReportResponse.Parser.ParseFrom(packet.Body.AsSpan(at).ToArray());
    }
}
