namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>SUBACK as fields (section 3.9).</summary>
internal readonly struct SubackBody(SubackPacket packet, MqttVersion version) : IPacketBody
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
        if (version == MqttVersion.V5)
        {
            sink.VariableInteger((uint)propertyBytes);
            Properties(ref sink, parts);
        }

        // 3.1.1 knows one failure only.
        for (var i = 0; i < packet.Reasons.Count; i++)
        {
            var isFailure = packet.Reasons[i] >= ReasonCode.UnspecifiedError;
            sink.Byte((byte)(isFailure && version == MqttVersion.V311 ? ReasonCode.UnspecifiedError : packet.Reasons[i]));
        }
    }
}
