namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>Violations that more than one packet can commit. Those of one packet stand with its parser.</summary>
internal static class Violations
{
    public static ProtocolViolation TooShort(MqttVersion version) =>
        Malformed(version, "MQTT3-4.8.0-1", "MQTT5-4.13.1-1", "the packet ends before its fields do");

    public static ProtocolViolation TrailingBytes(MqttVersion version) =>
        Malformed(version, "MQTT3-4.8.0-1", "MQTT5-4.13.1-1", "bytes are left after the last field");

    public static ProtocolViolation IllFormedText(MqttVersion version) =>
        Malformed(version, "MQTT3-1.5.3-1", "MQTT5-1.5.4-1", "a string is not well-formed UTF-8");

    public static ProtocolViolation NullInText(MqttVersion version) =>
        Malformed(version, "MQTT3-1.5.3-2", "MQTT5-1.5.4-2", "a string contains U+0000");

    public static ProtocolViolation PacketIdZero(MqttVersion version) => version == MqttVersion.V5
        ? new(ReasonCode.ProtocolError, "MQTT5-2.2.1-3", "the packet identifier is 0")
        : new(ReasonCode.ProtocolError, "MQTT3-2.3.1-1", "the packet identifier is 0");

    public static ProtocolViolation TooLarge { get; } =
        new(ReasonCode.PacketTooLarge, "MQTT5-3.1.2-24, MQTT5-3.2.2-15", "the packet is larger than the receiver takes");

    public static ProtocolViolation LengthTooLong { get; } =
        new(ReasonCode.MalformedPacket, "MQTT5 1.5.5", "a variable byte integer is longer than four bytes");

    public static ProtocolViolation LengthNotMinimal { get; } =
        new(ReasonCode.MalformedPacket, "MQTT5-1.5.5-1", "a variable byte integer is longer than its value needs");

    public static ProtocolViolation PropertiesTooLong { get; } =
        new(ReasonCode.MalformedPacket, "MQTT5 2.2.2.1", "the property length reaches beyond the packet");

    public static ProtocolViolation Malformed(MqttVersion version, string statement3, string statement5, string detail) =>
        new(ReasonCode.MalformedPacket, version == MqttVersion.V5 ? statement5 : statement3, detail);

    public static ProtocolViolation Protocol(string statement, string detail) => new(ReasonCode.ProtocolError, statement, detail);
}
