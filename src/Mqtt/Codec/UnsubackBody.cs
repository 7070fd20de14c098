namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>UNSUBACK as fields (section 3.11).</summary>
internal readonly struct UnsubackBody(UnsubackPacket packet, MqttVersion version) : IPacketBody
{
    public void Properties<TSink>(ref TSink sink, AnswerParts parts)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (version == MqttVersion.V311)
            return;
        PropertySink.Answer(ref sink, packet.ReasonString, packet.UserProperties, parts);
    }

    public void Fields<TSink>(ref TSink sink, AnswerParts parts, int propertyBytes)
        where TSink : struct, IFieldSink, allows ref struct
    {
        sink.UInt16(packet.PacketId);
        if (version == MqttVersion.V311)
            return;
        sink.VariableInteger((uint)propertyBytes);
        Properties(ref sink, parts);
        for (var i = 0; i < packet.Reasons.Count; i++)
            sink.Byte((byte)packet.Reasons[i]);
    }
}
