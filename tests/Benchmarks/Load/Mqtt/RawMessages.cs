using System.Buffers.Binary;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>The same bytes every time, but for their first eight.</summary>
internal sealed class RawMessages : ILoadMessages
{
    /// <summary>Every payload begins with the moment it was written, so that no two are equal and a subscriber can tell how old one is.</summary>
    public const int StampBytes = 8;

    private readonly LoadPacket _packet;

    public RawMessages(byte version, string topic, int qos, int payloadBytes)
    {
        var payload = new byte[payloadBytes];
        new Random(1).NextBytes(payload);
        _packet = LoadPacket.Publish(version, topic, qos, payload);
    }

    public int MaximumLength => _packet.Bytes.Length;

    public int Write(long number, Span<byte> target, ushort packetId, long stamp)
    {
        var length = _packet.Write(target, packetId);
        BinaryPrimitives.WriteInt64LittleEndian(target[_packet.PayloadAt..], stamp);
        return length;
    }
}
