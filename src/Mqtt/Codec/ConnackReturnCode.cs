namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>The six return codes of CONNACK on 3.1.1 (table 3.1) and the reasons of 5.0 that say the same.</summary>
internal static class ConnackReturnCode
{
    public static byte Of(ReasonCode reason) => reason switch
    {
        ReasonCode.Success => 0,
        ReasonCode.UnsupportedProtocolVersion => 1,
        ReasonCode.ClientIdentifierNotValid => 2,
        ReasonCode.BadUserNameOrPassword => 4,
        ReasonCode.NotAuthorized or ReasonCode.Banned or ReasonCode.BadAuthenticationMethod => 5,

        // Unavailable is the only one left; a client may try again later, which is right for most of them.
        _ => 3,
    };

    public static bool TryReason(byte returnCode, out ReasonCode reason)
    {
        reason = returnCode switch
        {
            0 => ReasonCode.Success,
            1 => ReasonCode.UnsupportedProtocolVersion,
            2 => ReasonCode.ClientIdentifierNotValid,
            3 => ReasonCode.ServerUnavailable,
            4 => ReasonCode.BadUserNameOrPassword,
            5 => ReasonCode.NotAuthorized,
            _ => ReasonCode.UnspecifiedError,
        };
        return reason != ReasonCode.UnspecifiedError;
    }
}
