namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>Counts what would be written, and refuses what no packet can carry before a byte is.</summary>
internal struct LengthCounter : IFieldSink
{
    /// <summary>Wider than any packet: many fields may add up to more than a packet can hold.</summary>
    public long Bytes { get; private set; }

    public void Byte(byte value) => Bytes++;

    public void UInt16(ushort value) => Bytes += sizeof(ushort);

    public void UInt32(uint value) => Bytes += sizeof(uint);

    public void VariableInteger(uint value) => Bytes += Codec.VariableInteger.LengthOf(value);

    public void Text(string value) => Bytes += sizeof(ushort) + StrictText.CountBytes(value);

    public void Binary(ReadOnlySpan<byte> value)
    {
        if (value.Length > PacketLimits.LargestFieldBytes)
            throw new ArgumentException($"{value.Length} bytes are more than a field of MQTT holds", nameof(value));
        Bytes += sizeof(ushort) + value.Length;
    }
}
