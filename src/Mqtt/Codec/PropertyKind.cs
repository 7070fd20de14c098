namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>How a property's value is written.</summary>
internal enum PropertyKind : byte
{
    Unknown = 0,

    /// <summary>One byte, 0 or 1.</summary>
    Flag,
    UInt16,
    UInt32,
    VariableInteger,
    Text,
    Binary,
    TextPair,
}
