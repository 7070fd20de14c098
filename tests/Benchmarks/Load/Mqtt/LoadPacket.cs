using System.Buffers.Binary;
using System.Text;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>The packets a driver sends, written by hand: it measures servers, and shares no code with the one we wrote.</summary>
/// <param name="PacketIdAt">PUBLISH only; -1: has none.</param>
internal readonly record struct LoadPacket(byte[] Bytes, int PacketIdAt, int PayloadAt)
{
    public static LoadPacket Publish(byte version, string topic, int qos, ReadOnlySpan<byte> payload)
    {
        var name = Encoding.UTF8.GetBytes(topic);
        var remaining = 2 + name.Length + (qos > 0 ? 2 : 0) + (version >= 5 ? 1 : 0) + payload.Length;
        var bytes = new byte[5 + remaining];
        bytes[0] = (byte)(0x30 | (qos << 1));
        var at = 1 + WriteLength(bytes.AsSpan(1), remaining);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)name.Length);
        name.CopyTo(bytes, at + 2);
        at += 2 + name.Length;
        var packetIdAt = qos > 0 ? at : -1;
        at += (qos > 0 ? 2 : 0) + (version >= 5 ? 1 : 0);
        payload.CopyTo(bytes.AsSpan(at));
        return new LoadPacket(bytes[..(at + payload.Length)], packetIdAt, at);
    }

    public static byte[] Connect(byte version, string clientId)
    {
        var id = Encoding.UTF8.GetBytes(clientId);
        // Clean session, no keep-alive: a run must not depend on pings.
        byte[] body = [0, 4, .. "MQTT"u8, version, 0x02, 0, 0, .. version >= 5 ? (ReadOnlySpan<byte>)[0] : [], (byte)(id.Length >> 8), (byte)id.Length, .. id];
        return Packet(0x10, body);
    }

    public static byte[] Subscribe(byte version, string filter, int qos)
    {
        var name = Encoding.UTF8.GetBytes(filter);
        byte[] body = [0, 1, .. version >= 5 ? (ReadOnlySpan<byte>)[0] : [], (byte)(name.Length >> 8), (byte)name.Length, .. name, (byte)qos];
        return Packet(0x82, body);
    }

    /// <summary>Returns the packet's length.</summary>
    public int Write(Span<byte> target, ushort packetId)
    {
        Bytes.CopyTo(target);
        if (PacketIdAt >= 0)
            BinaryPrimitives.WriteUInt16BigEndian(target[PacketIdAt..], packetId);
        return Bytes.Length;
    }

    private static byte[] Packet(byte first, byte[] body)
    {
        var length = new byte[4];
        return [first, .. length.AsSpan(0, WriteLength(length, body.Length)), .. body];
    }

    private static int WriteLength(Span<byte> target, int value)
    {
        var at = 0;
        do
        {
            target[at++] = (byte)((value & 0x7F) | (value > 0x7F ? 0x80 : 0));
            value >>= 7;
        }
        while (value > 0);
        return at;
    }
}
