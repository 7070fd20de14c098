namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>SUBSCRIBE as fields (section 3.8).</summary>
internal readonly struct SubscribeBody(SubscribePacket packet, MqttVersion version) : IPacketBody
{
    public void Properties<TSink>(ref TSink sink, AnswerParts parts)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (version == MqttVersion.V311)
            return;
        if (packet.SubscriptionIdentifier is { } identifier)
            PropertySink.Identifier(ref sink, identifier);
        PropertySink.Users(ref sink, packet.UserProperties);
    }

    public void Fields<TSink>(ref TSink sink, AnswerParts parts, int propertyBytes)
        where TSink : struct, IFieldSink, allows ref struct
    {
        sink.UInt16(packet.PacketId);
        if (version == MqttVersion.V5)
        {
            sink.VariableInteger((uint)propertyBytes);
            Properties(ref sink, parts);
        }

        for (var i = 0; i < packet.Entries.Count; i++)
        {
            sink.Text(packet.Entries[i].Filter);
            sink.Byte(Options(packet.Entries[i].Options));
        }
    }

    private byte Options(SubscriptionOptions options) => version == MqttVersion.V311
        ? (byte)options.MaximumQoS
        : (byte)((int)options.MaximumQoS
            | (options.NoLocal ? 1 << 2 : 0)
            | (options.RetainAsPublished ? 1 << 3 : 0)
            | ((int)options.RetainHandling << 4));
}
