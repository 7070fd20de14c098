using System.Buffers;
using System.Threading.Channels;
using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Client;

/// <summary>What a packet from the server means. The reading loop calls it; publishes go on to the delivering loop, the rest is done here.</summary>
internal sealed class PacketDispatch(
    MqttClientOptions options, ClientExchange exchange, Channel<IncomingDelivery> deliveries, Action<SubackPacket> subscribed)
{
    // CONNECT announces no topic aliases, which is none: a device gets little, and seldom the same topic twice.
    private readonly MqttVersion _version = options.Version;

    /// <summary>Takes whole packets from the front of the buffer. False: the listener is behind, and the packet at the front must wait.</summary>
    public bool TakeAll(ref ReadOnlySequence<byte> buffer)
    {
        while (true)
        {
            var status = PacketReader.TryRead(buffer, _version, options.MaximumPacketBytes, out var frame, out var violation);
            if (status == FrameStatus.NeedMore)
                return true;
            if (status == FrameStatus.Violation)
                throw Violated(violation);
            if (!Take(frame))
                return false;
            buffer = buffer.Slice(frame.End);
        }
    }

    private bool Take(in PacketFrame frame)
    {
        switch (frame.Type)
        {
            case PacketType.Publish:
                return TakePublish(frame);
            case PacketType.Puback or PacketType.Pubrec or PacketType.Pubrel or PacketType.Pubcomp:
                if (!AckParser.TryParse(frame, _version, out var ack, out var ackViolation))
                    throw Violated(ackViolation);
                exchange.Take(ack);
                return true;
            case PacketType.Suback:
                if (!SubackParser.TryParse(frame, _version, out var suback, out var subackViolation))
                    throw Violated(subackViolation);
                if (exchange.TakeSuback(suback.PacketId))
                    subscribed(suback);
                return true;
            case PacketType.Pingresp:
                return true; // that something came is what counts
            case PacketType.Disconnect when _version == MqttVersion.V5:
                if (!DisconnectParser.TryParse(frame, _version, PacketSender.Server, out var disconnect, out var disconnectViolation))
                    throw Violated(disconnectViolation);
                throw new MqttDisconnectedException(
                    DisconnectKind.ServerDisconnected, disconnect.Reason, disconnect.ReasonString ?? disconnect.ServerReference ?? "the server ended the connection");
            case PacketType.Connect or PacketType.Connack or PacketType.Subscribe or PacketType.Unsubscribe or PacketType.Unsuback
                or PacketType.Pingreq or PacketType.Disconnect or PacketType.Auth:
            default:
                throw Violated(new ProtocolViolation(ReasonCode.ProtocolError, "MQTT5 4.13", $"{frame.Type} was not to come"));
        }
    }

    private bool TakePublish(in PacketFrame frame)
    {
        if (!PublishParser.TryParse(frame, _version, PacketSender.Server, out var publish, out var violation))
            throw Violated(violation);
        if (publish.TopicAlias != 0)
            throw Violated(new ProtocolViolation(ReasonCode.TopicAliasInvalid, "MQTT5-3.3.2-9", "a topic alias came, none was allowed"));
        // Only this loop writes into the channel: room that is there now is there below.
        if (deliveries.Reader.Count >= options.ReceiveMaximum)
            return false;
        var isNew = true;
        // 3.1.1 has no Receive Maximum: the channel's bound slows the server through TCP.
        var most = _version == MqttVersion.V5 ? options.ReceiveMaximum : int.MaxValue;
        if (publish.QoS != QoS.AtMostOnce && !exchange.TryAdmit(publish.QoS, publish.PacketId, most, out isNew))
            throw Violated(new ProtocolViolation(ReasonCode.ReceiveMaximumExceeded, "MQTT5-3.3.4-9", "more deliveries came than the Receive Maximum allows"));
        if (isNew)
            deliveries.Writer.TryWrite(new IncomingDelivery(publish.ToMessage(), publish.PacketId));
        return true;
    }

    private static MqttDisconnectedException Violated(ProtocolViolation violation) =>
        new(DisconnectKind.ProtocolViolation, violation.Reason, $"{violation.Detail} [{violation.Statement}]");
}
