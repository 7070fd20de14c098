namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>
/// What is wrong with a packet: the reason code of 5.0 for it, the normative statement it breaks (<c>MQTT5-3.3.1-4</c>, <c>MQTT3-3.1.2-24</c>;
/// where the specification forbids without a number, the section: <c>MQTT5 3.3.2.3.4</c>), and the same in words for a person.
/// All three are constants: a violation costs no memory.
/// </summary>
internal readonly record struct ProtocolViolation(ReasonCode Reason, string Statement, string Detail)
{
    public override string ToString() => $"{Detail} [{Statement}], 0x{(byte)Reason:X2}";
}
