namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>UNSUBSCRIBE as fields (section 3.10).</summary>
internal readonly struct UnsubscribeBody(UnsubscribePacket packet, MqttVersion version) : IPacketBody
{
    public void Properties<TSink>(ref TSink sink, AnswerParts parts)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (version == MqttVersion.V311)
            return;
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

        for (var i = 0; i < packet.Filters.Count; i++)
            sink.Text(packet.Filters[i]);
    }
}
