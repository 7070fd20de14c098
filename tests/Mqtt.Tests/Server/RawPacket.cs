using System.Text;

namespace EdgeEnforcement.Mqtt.Tests.Server;

/// A packet as it came from the server.
internal sealed record RawPacket(byte First, byte[] Body)
{
    public int Type => First >> 4;

    public ushort Id => Type == 3 ? Short(2 + Short(0)) : Short(0);

    public string Topic => Encoding.UTF8.GetString(Body, 2, Short(0));

    /// Of an acknowledgement of 5.0: its reason, 0 where it is left out.
    public byte Reason => Body.Length > 2 ? Body[2] : (byte)0;

    /// Of a PUBLISH: what stands behind topic, packet id and properties.
    public ReadOnlyMemory<byte> Payload(MqttVersion version)
    {
        var at = 2 + Short(0) + ((First & 0x06) != 0 ? 2 : 0);
        if (version != MqttVersion.V5)
            return Body.AsMemory(at);
        int length = 0, shift = 0;
        do
        {
            length |= (Body[at] & 0x7F) << shift;
            shift += 7;
        }
        while ((Body[at++] & 0x80) != 0);
        return Body.AsMemory(at + length);
    }

    public ushort Short(int at) => (ushort)(Body[at] << 8 | Body[at + 1]);

    public bool Contains(byte[] part) => Body.AsSpan().IndexOf(part) >= 0;

    public string Hex => Convert.ToHexString([First, .. Body]);
}
