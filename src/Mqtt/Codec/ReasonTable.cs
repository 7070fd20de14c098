namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>Table 2-6 of 5.0: which reason may stand in which packet.</summary>
internal static class ReasonTable
{
    public static bool IsInConnack(ReasonCode reason) => reason
        is ReasonCode.Success
        or (>= ReasonCode.UnspecifiedError and <= ReasonCode.Banned)
        or ReasonCode.BadAuthenticationMethod
        or ReasonCode.TopicNameInvalid
        or ReasonCode.PacketTooLarge
        or ReasonCode.QuotaExceeded
        or (>= ReasonCode.PayloadFormatInvalid and <= ReasonCode.ServerMoved)
        or ReasonCode.ConnectionRateExceeded;

    public static bool IsInAck(PacketType type, ReasonCode reason) => type is PacketType.Puback or PacketType.Pubrec
        ? reason
            is ReasonCode.Success
            or ReasonCode.NoMatchingSubscribers
            or ReasonCode.UnspecifiedError
            or ReasonCode.ImplementationSpecificError
            or ReasonCode.NotAuthorized
            or ReasonCode.TopicNameInvalid
            or ReasonCode.PacketIdentifierInUse
            or ReasonCode.QuotaExceeded
            or ReasonCode.PayloadFormatInvalid
        : reason is ReasonCode.Success or ReasonCode.PacketIdentifierNotFound;

    public static bool IsInSuback(ReasonCode reason) => reason
        is ReasonCode.Success
        or ReasonCode.GrantedQoS1
        or ReasonCode.GrantedQoS2
        or ReasonCode.UnspecifiedError
        or ReasonCode.ImplementationSpecificError
        or ReasonCode.NotAuthorized
        or ReasonCode.TopicFilterInvalid
        or ReasonCode.PacketIdentifierInUse
        or ReasonCode.QuotaExceeded
        or ReasonCode.SharedSubscriptionsNotSupported
        or ReasonCode.SubscriptionIdentifiersNotSupported
        or ReasonCode.WildcardSubscriptionsNotSupported;

    public static bool IsInUnsuback(ReasonCode reason) => reason
        is ReasonCode.Success
        or ReasonCode.NoSubscriptionExisted
        or ReasonCode.UnspecifiedError
        or ReasonCode.ImplementationSpecificError
        or ReasonCode.NotAuthorized
        or ReasonCode.TopicFilterInvalid
        or ReasonCode.PacketIdentifierInUse;

    public static bool IsInDisconnect(PacketSender sender, ReasonCode reason) => IsInAnyDisconnect(reason) || (sender == PacketSender.Client
        ? reason == ReasonCode.DisconnectWithWill
        : reason
            is ReasonCode.NotAuthorized
            or ReasonCode.ServerBusy
            or ReasonCode.ServerShuttingDown
            or ReasonCode.KeepAliveTimeout
            or ReasonCode.SessionTakenOver
            or ReasonCode.TopicFilterInvalid
            or (>= ReasonCode.RetainNotSupported and <= ReasonCode.WildcardSubscriptionsNotSupported));

    public static bool IsInAuth(ReasonCode reason) =>
        reason is ReasonCode.Success or ReasonCode.ContinueAuthentication or ReasonCode.ReAuthenticate;

    private static bool IsInAnyDisconnect(ReasonCode reason) => reason
        is ReasonCode.Success
        or (>= ReasonCode.UnspecifiedError and <= ReasonCode.ImplementationSpecificError)
        or ReasonCode.TopicNameInvalid
        or (>= ReasonCode.ReceiveMaximumExceeded and <= ReasonCode.PayloadFormatInvalid);
}
