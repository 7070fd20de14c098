namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>DISCONNECT as fields (section 3.14): nothing on 3.1.1; on 5.0 what is empty at the end is left out.</summary>
internal readonly struct DisconnectBody(DisconnectPacket packet, MqttVersion version) : IPacketBody
{
    public void Properties<TSink>(ref TSink sink, AnswerParts parts)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (version == MqttVersion.V311)
            return;
        PropertySink.UInt32(ref sink, PropertyId.SessionExpiryInterval, packet.SessionExpirySeconds);
        PropertySink.Answer(ref sink, packet.ReasonString, packet.UserProperties, parts);
        PropertySink.Text(ref sink, PropertyId.ServerReference, packet.ServerReference);
    }

    public void Fields<TSink>(ref TSink sink, AnswerParts parts, int propertyBytes)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (version == MqttVersion.V311 || (packet.Reason == ReasonCode.Success && propertyBytes == 0))
            return;
        sink.Byte((byte)packet.Reason);
        if (propertyBytes == 0)
            return;
        sink.VariableInteger((uint)propertyBytes);
        Properties(ref sink, parts);
    }
}
