using System.Buffers.Binary;
using System.Text;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>The packets a driver sends, written by hand: it measures servers, and shares no code with the one we wrote.</summary>
internal sealed class MessageTemplate
{
    /// <summary>Every payload begins with the moment it was written, so that no two are equal and a subscriber can tell how old one is.</summary>
    public const int StampBytes = 8;

    private readonly byte[] _bytes;
    private readonly int _packetIdAt;
    private readonly int _payloadAt;

    public MessageTemplate(byte version, string topic, int qos, int payloadBytes)
    {
        var name = Encoding.UTF8.GetBytes(topic);
        var remaining = 2 + name.Length + (qos > 0 ? 2 : 0) + (version >= 5 ? 1 : 0) + payloadBytes;
        var at = 0;
        var bytes = new byte[5 + remaining];
        bytes[at++] = (byte)(0x30 | (qos << 1));
        at += WriteLength(bytes.AsSpan(at), remaining);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)name.Length);
        name.CopyTo(bytes, at + 2);
        at += 2 + name.Length;
        _packetIdAt = qos > 0 ? at : -1;
        at += (qos > 0 ? 2 : 0) + (version >= 5 ? 1 : 0);
        _payloadAt = at;
        new Random(1).NextBytes(bytes.AsSpan(at, payloadBytes));
        _bytes = bytes[..(at + payloadBytes)];
    }

    public int Length => _bytes.Length;

    public void Write(Span<byte> target, ushort packetId, long stamp)
    {
        _bytes.CopyTo(target);
        if (_packetIdAt >= 0)
            BinaryPrimitives.WriteUInt16BigEndian(target[_packetIdAt..], packetId);
        BinaryPrimitives.WriteInt64LittleEndian(target[_payloadAt..], stamp);
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
