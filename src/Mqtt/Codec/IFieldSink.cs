namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>
/// Where a packet's fields go: first into a counter, then into the buffer. The same lines of code do both, so the length that is written ahead is
/// the length of what follows.
/// </summary>
internal interface IFieldSink
{
    void Byte(byte value);

    void UInt16(ushort value);

    void UInt32(uint value);

    void VariableInteger(uint value);

    /// <summary>Two bytes of length, then UTF-8.</summary>
    void Text(string value);

    /// <summary>Two bytes of length, then the bytes.</summary>
    void Binary(ReadOnlySpan<byte> value);
}
