namespace EdgeEnforcement.Mqtt.Server;

/// <summary>What a ticket becomes on the wire.</summary>
internal enum AnswerType : byte
{
    /// <summary>QoS 0: takes part in the window, and nothing is sent.</summary>
    None,
    Puback,
    Pubrec,

    /// <summary>For a QoS 2 packet id that came again.</summary>
    PubrecAgain,
    Pubcomp,
    Suback,
    Unsuback,
}
