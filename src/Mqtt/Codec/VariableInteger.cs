namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>Variable byte integers (section 1.5.5; 3.1.1: 2.2.3): seven bits a byte, least first, at most four bytes, no more than needed.</summary>
internal static class VariableInteger
{
    public const int LargestBytes = 4;

    public static int LengthOf(uint value) => value switch
    {
        < 1u << 7 => 1,
        < 1u << 14 => 2,
        < 1u << 21 => 3,
        _ => 4,
    };

    /// <summary>Writes at the start of the span and says how many bytes.</summary>
    public static int Write(Span<byte> target, uint value)
    {
        var at = 0;
        while (value > 0x7F)
        {
            target[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[at++] = (byte)value;
        return at;
    }
}
