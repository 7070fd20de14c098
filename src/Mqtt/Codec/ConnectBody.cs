namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>CONNECT as fields (section 3.1).</summary>
internal readonly struct ConnectBody(ConnectPacket packet) : IPacketBody
{
    public void Properties<TSink>(ref TSink sink, AnswerParts parts)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (packet.Version == MqttVersion.V311)
            return;
        PropertySink.UInt32(ref sink, PropertyId.SessionExpiryInterval, packet.SessionExpirySeconds == 0 ? null : packet.SessionExpirySeconds);
        PropertySink.UInt16(ref sink, PropertyId.ReceiveMaximum, packet.ReceiveMaximum, unless: ushort.MaxValue);
        PropertySink.UInt32(ref sink, PropertyId.MaximumPacketSize, packet.MaximumPacketBytes);
        PropertySink.UInt16(ref sink, PropertyId.TopicAliasMaximum, packet.TopicAliasMaximum, unless: 0);
        PropertySink.Flag(ref sink, PropertyId.RequestResponseInformation, packet.RequestResponseInformation, unless: false);
        PropertySink.Flag(ref sink, PropertyId.RequestProblemInformation, packet.RequestProblemInformation, unless: true);
        PropertySink.Users(ref sink, packet.UserProperties);
        PropertySink.Text(ref sink, PropertyId.AuthenticationMethod, packet.AuthenticationMethod);
        PropertySink.Binary(ref sink, PropertyId.AuthenticationData, packet.AuthenticationData);
    }

    public void Fields<TSink>(ref TSink sink, AnswerParts parts, int propertyBytes)
        where TSink : struct, IFieldSink, allows ref struct
    {
        sink.Text("MQTT");
        sink.Byte((byte)packet.Version);
        sink.Byte(ConnectFlags.Of(packet));
        sink.UInt16(packet.KeepAliveSeconds);
        if (packet.Version == MqttVersion.V5)
        {
            sink.VariableInteger((uint)propertyBytes);
            Properties(ref sink, parts);
        }

        sink.Text(packet.ClientId);
        if (packet.Will is { } will)
            Will(ref sink, will);
        if (packet.UserName is { } userName)
            sink.Text(userName);
        if (packet.Password is { } password)
            sink.Binary(password.Span);
    }

    private void Will<TSink>(ref TSink sink, WillMessage will)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (packet.Version == MqttVersion.V5)
        {
            var properties = default(LengthCounter);
            WillProperties(ref properties, will);
            sink.VariableInteger((uint)properties.Bytes);
            WillProperties(ref sink, will);
        }

        sink.Text(will.Message.Topic);
        sink.Binary(will.Message.Payload.Span);
    }

    private static void WillProperties<TSink>(ref TSink sink, WillMessage will)
        where TSink : struct, IFieldSink, allows ref struct
    {
        PropertySink.UInt32(ref sink, PropertyId.WillDelayInterval, will.DelaySeconds == 0 ? null : will.DelaySeconds);
        PropertySink.Message(ref sink, will.Message, will.Message.ExpirySeconds);
    }
}
