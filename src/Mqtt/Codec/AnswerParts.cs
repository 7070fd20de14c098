namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>How much of reason string and user properties is written: what does not fit the receiver's limit is left out, user properties first.</summary>
internal enum AnswerParts
{
    All,
    WithoutUserProperties,
    Bare,
}
