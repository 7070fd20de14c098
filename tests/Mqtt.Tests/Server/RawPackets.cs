using System.Text;

namespace EdgeEnforcement.Mqtt.Tests.Server;

/// Packets by hand, so that a test may break any rule.
internal static class RawPackets
{
    public static readonly byte[] Pingreq = [0xC0, 0];
    public static readonly byte[] Disconnect = [0xE0, 0];

    public static byte[] Packet(byte first, params byte[][] parts)
    {
        byte[] body = [.. parts.SelectMany(part => part)];
        return [first, .. Varint(body.Length), .. body];
    }

    public static byte[] Connect(
        string clientId, MqttVersion version = MqttVersion.V5, bool clean = true, ushort keepAlive = 0, byte[]? properties = null) =>
        Packet(0x10, Text("MQTT"), [(byte)version, (byte)(clean ? 2 : 0)], Short(keepAlive), Properties(version, properties), Text(clientId));

    /// 5.0, Clean Start, QoS 0.
    public static byte[] ConnectWithWill(string clientId, string topic, string payload, byte[]? willProperties = null) =>
        Packet(0x10, Text("MQTT"), [5, 6, 0, 0, 0], Text(clientId), [(byte)(willProperties?.Length ?? 0), .. willProperties ?? []], Text(topic), Text(payload));

    public static byte[] Publish(
        string topic, string payload, QoS qos = QoS.AtLeastOnce, ushort id = 1, MqttVersion version = MqttVersion.V5, bool dup = false, byte[]? properties = null) =>
        Publish(topic, Encoding.UTF8.GetBytes(payload), qos, id, version, dup, properties);

    public static byte[] Publish(
        string topic, byte[] payload, QoS qos, ushort id, MqttVersion version = MqttVersion.V5, bool dup = false, byte[]? properties = null) =>
        Packet((byte)(0x30 | (dup ? 8 : 0) | (int)qos << 1), Text(topic), qos == QoS.AtMostOnce ? [] : Short(id), Properties(version, properties), payload);

    public static byte[] Subscribe(string filter, QoS qos = QoS.AtLeastOnce, ushort id = 1, MqttVersion version = MqttVersion.V5) =>
        Packet(0x82, Short(id), Properties(version, null), Text(filter), [(byte)qos]);

    public static byte[] Unsubscribe(string filter, ushort id = 1, MqttVersion version = MqttVersion.V5) =>
        Packet(0xA2, Short(id), Properties(version, null), Text(filter));

    public static byte[] Puback(ushort id) => Packet(0x40, Short(id));

    public static byte[] Pubrec(ushort id) => Packet(0x50, Short(id));

    public static byte[] Pubrel(ushort id) => Packet(0x62, Short(id));

    public static byte[] Pubcomp(ushort id) => Packet(0x70, Short(id));

    public static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. Short((ushort)bytes.Length), .. bytes];
    }

    public static byte[] Short(ushort value) => [(byte)(value >> 8), (byte)value];

    public static byte[] Long(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Properties(MqttVersion version, byte[]? properties) =>
        version == MqttVersion.V5 ? [.. Varint(properties?.Length ?? 0), .. properties ?? []] : [];

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
