namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>CONNACK as fields (section 3.2).</summary>
internal readonly struct ConnackBody(ConnackPacket packet, MqttVersion version) : IPacketBody
{
    public void Properties<TSink>(ref TSink sink, AnswerParts parts)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (version == MqttVersion.V311)
            return;
        PropertySink.UInt32(ref sink, PropertyId.SessionExpiryInterval, packet.SessionExpirySeconds);
        PropertySink.UInt16(ref sink, PropertyId.ReceiveMaximum, packet.ReceiveMaximum, unless: ushort.MaxValue);
        if (packet.MaximumQoS != QoS.ExactlyOnce)
        {
            sink.Byte((byte)PropertyId.MaximumQoS);
            sink.Byte((byte)packet.MaximumQoS);
        }

        PropertySink.Flag(ref sink, PropertyId.RetainAvailable, packet.RetainAvailable, unless: true);
        PropertySink.UInt32(ref sink, PropertyId.MaximumPacketSize, packet.MaximumPacketBytes);
        PropertySink.Text(ref sink, PropertyId.AssignedClientIdentifier, packet.AssignedClientId);
        PropertySink.UInt16(ref sink, PropertyId.TopicAliasMaximum, packet.TopicAliasMaximum, unless: 0);
        PropertySink.Answer(ref sink, packet.ReasonString, packet.UserProperties, parts);
        PropertySink.Flag(ref sink, PropertyId.WildcardSubscriptionAvailable, packet.WildcardSubscriptionsAvailable, unless: true);
        PropertySink.Flag(ref sink, PropertyId.SubscriptionIdentifierAvailable, packet.SubscriptionIdentifiersAvailable, unless: true);
        PropertySink.Flag(ref sink, PropertyId.SharedSubscriptionAvailable, packet.SharedSubscriptionsAvailable, unless: true);
        if (packet.ServerKeepAliveSeconds is { } keepAlive)
        {
            sink.Byte((byte)PropertyId.ServerKeepAlive);
            sink.UInt16(keepAlive);
        }

        PropertySink.Text(ref sink, PropertyId.ResponseInformation, packet.ResponseInformation);
        PropertySink.Text(ref sink, PropertyId.ServerReference, packet.ServerReference);
        PropertySink.Text(ref sink, PropertyId.AuthenticationMethod, packet.AuthenticationMethod);
        PropertySink.Binary(ref sink, PropertyId.AuthenticationData, packet.AuthenticationData);
    }

    public void Fields<TSink>(ref TSink sink, AnswerParts parts, int propertyBytes)
        where TSink : struct, IFieldSink, allows ref struct
    {
        sink.Byte(packet.SessionPresent ? (byte)1 : (byte)0);
        if (version == MqttVersion.V311)
        {
            sink.Byte(ConnackReturnCode.Of(packet.Reason));
            return;
        }

        sink.Byte((byte)packet.Reason);
        sink.VariableInteger((uint)propertyBytes);
        Properties(ref sink, parts);
    }
}
