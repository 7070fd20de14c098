namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>Table 2-4 of 5.0: how each property is written and where it may stand.</summary>
internal static class PropertyTable
{
    private const PropertyPlaces Answers =
        PropertyPlaces.Connack | PropertyPlaces.Acks | PropertyPlaces.Suback | PropertyPlaces.Unsuback | PropertyPlaces.Disconnect | PropertyPlaces.Auth;

    private const PropertyPlaces Everywhere =
        Answers | PropertyPlaces.Message | PropertyPlaces.Connect | PropertyPlaces.Subscribe | PropertyPlaces.Unsubscribe;

    private const PropertyPlaces Handshake = PropertyPlaces.Connect | PropertyPlaces.Connack;

    private static readonly (PropertyKind Kind, PropertyPlaces Places)[] Rows = MakeRows();

    public static (PropertyKind Kind, PropertyPlaces Places) Of(uint id) => id < (uint)Rows.Length ? Rows[id] : default;

    /// <summary>All but these two may come once only. In SUBSCRIBE the identifier, too, may come once only (3.8.2.1.2).</summary>
    public static bool MayRepeat(PropertyId id, PropertyPlaces place) =>
        id == PropertyId.UserProperty || (id == PropertyId.SubscriptionIdentifier && place == PropertyPlaces.Publish);

    private static (PropertyKind, PropertyPlaces)[] MakeRows()
    {
        var rows = new (PropertyKind, PropertyPlaces)[(int)PropertyId.SharedSubscriptionAvailable + 1];
        Row(PropertyId.PayloadFormatIndicator, PropertyKind.Flag, PropertyPlaces.Message);
        Row(PropertyId.MessageExpiryInterval, PropertyKind.UInt32, PropertyPlaces.Message);
        Row(PropertyId.ContentType, PropertyKind.Text, PropertyPlaces.Message);
        Row(PropertyId.ResponseTopic, PropertyKind.Text, PropertyPlaces.Message);
        Row(PropertyId.CorrelationData, PropertyKind.Binary, PropertyPlaces.Message);
        Row(PropertyId.SubscriptionIdentifier, PropertyKind.VariableInteger, PropertyPlaces.Publish | PropertyPlaces.Subscribe);
        Row(PropertyId.SessionExpiryInterval, PropertyKind.UInt32, Handshake | PropertyPlaces.Disconnect);
        Row(PropertyId.AssignedClientIdentifier, PropertyKind.Text, PropertyPlaces.Connack);
        Row(PropertyId.ServerKeepAlive, PropertyKind.UInt16, PropertyPlaces.Connack);
        Row(PropertyId.AuthenticationMethod, PropertyKind.Text, Handshake | PropertyPlaces.Auth);
        Row(PropertyId.AuthenticationData, PropertyKind.Binary, Handshake | PropertyPlaces.Auth);
        Row(PropertyId.RequestProblemInformation, PropertyKind.Flag, PropertyPlaces.Connect);
        Row(PropertyId.WillDelayInterval, PropertyKind.UInt32, PropertyPlaces.Will);
        Row(PropertyId.RequestResponseInformation, PropertyKind.Flag, PropertyPlaces.Connect);
        Row(PropertyId.ResponseInformation, PropertyKind.Text, PropertyPlaces.Connack);
        Row(PropertyId.ServerReference, PropertyKind.Text, PropertyPlaces.Connack | PropertyPlaces.Disconnect);
        Row(PropertyId.ReasonString, PropertyKind.Text, Answers);
        Row(PropertyId.ReceiveMaximum, PropertyKind.UInt16, Handshake);
        Row(PropertyId.TopicAliasMaximum, PropertyKind.UInt16, Handshake);
        Row(PropertyId.TopicAlias, PropertyKind.UInt16, PropertyPlaces.Publish);
        Row(PropertyId.MaximumQoS, PropertyKind.Flag, PropertyPlaces.Connack);
        Row(PropertyId.RetainAvailable, PropertyKind.Flag, PropertyPlaces.Connack);
        Row(PropertyId.UserProperty, PropertyKind.TextPair, Everywhere);
        Row(PropertyId.MaximumPacketSize, PropertyKind.UInt32, Handshake);
        Row(PropertyId.WildcardSubscriptionAvailable, PropertyKind.Flag, PropertyPlaces.Connack);
        Row(PropertyId.SubscriptionIdentifierAvailable, PropertyKind.Flag, PropertyPlaces.Connack);
        Row(PropertyId.SharedSubscriptionAvailable, PropertyKind.Flag, PropertyPlaces.Connack);
        return rows;

        void Row(PropertyId id, PropertyKind kind, PropertyPlaces places) => rows[(int)id] = (kind, places);
    }
}
