using System.Buffers;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>Counts a body, chooses the fullest form that fits the receiver's limit, and writes it once.</summary>
internal static class BodyFormatter
{
    public static int Write<TBody>(IBufferWriter<byte> output, PacketType type, in TBody body, int maximumPacketBytes)
        where TBody : struct, IPacketBody
    {
        for (var parts = AnswerParts.All; parts <= AnswerParts.Bare; parts++)
        {
            var (propertyBytes, remaining) = Count(body, parts);
            if (remaining > PacketLimits.LargestRemainingLength)
                continue;
            var packetBytes = 1 + VariableInteger.LengthOf((uint)remaining) + (int)remaining;
            if (packetBytes > maximumPacketBytes)
                continue;
            var sink = new SpanSink(output.GetSpan(packetBytes)[..packetBytes]);
            sink.Byte((byte)(((int)type << 4) | PacketReader.ReservedFlags(type)));
            sink.VariableInteger((uint)remaining);
            body.Fields(ref sink, parts, propertyBytes);
            output.Advance(packetBytes);
            return packetBytes;
        }

        return 0;
    }

    /// <summary>Length of the property list as counted by <see cref="IPacketBody.Properties"/>, and of the whole body with it.</summary>
    public static (int PropertyBytes, long Remaining) Count<TBody>(in TBody body, AnswerParts parts)
        where TBody : struct, IPacketBody
    {
        var properties = default(LengthCounter);
        body.Properties(ref properties, parts);
        if (properties.Bytes > PacketLimits.LargestRemainingLength)
            return (0, properties.Bytes);
        var all = default(LengthCounter);
        body.Fields(ref all, parts, (int)properties.Bytes);
        return ((int)properties.Bytes, all.Bytes);
    }
}
