namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP of 5.0 as fields (sections 3.4 to 3.7); what is empty at the end is left out.</summary>
internal readonly struct AckBody(AckPacket packet) : IPacketBody
{
    public void Properties<TSink>(ref TSink sink, AnswerParts parts)
        where TSink : struct, IFieldSink, allows ref struct
    {
        PropertySink.Answer(ref sink, packet.ReasonString, packet.UserProperties, parts);
    }

    public void Fields<TSink>(ref TSink sink, AnswerParts parts, int propertyBytes)
        where TSink : struct, IFieldSink, allows ref struct
    {
        sink.UInt16(packet.PacketId);
        if (packet.Reason == ReasonCode.Success && propertyBytes == 0)
            return;
        sink.Byte((byte)packet.Reason);
        if (propertyBytes == 0)
            return;
        sink.VariableInteger((uint)propertyBytes);
        Properties(ref sink, parts);
    }
}
