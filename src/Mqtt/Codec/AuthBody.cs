namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>AUTH as fields (5.0, section 3.15).</summary>
internal readonly struct AuthBody(AuthPacket packet) : IPacketBody
{
    public void Properties<TSink>(ref TSink sink, AnswerParts parts)
        where TSink : struct, IFieldSink, allows ref struct
    {
        PropertySink.Text(ref sink, PropertyId.AuthenticationMethod, packet.AuthenticationMethod);
        PropertySink.Binary(ref sink, PropertyId.AuthenticationData, packet.AuthenticationData);
        PropertySink.Answer(ref sink, packet.ReasonString, packet.UserProperties, parts);
    }

    public void Fields<TSink>(ref TSink sink, AnswerParts parts, int propertyBytes)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (packet.Reason == ReasonCode.Success && propertyBytes == 0)
            return;
        sink.Byte((byte)packet.Reason);
        sink.VariableInteger((uint)propertyBytes);
        Properties(ref sink, parts);
    }
}
