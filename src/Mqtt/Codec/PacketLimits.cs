namespace EdgeEnforcement.Mqtt.Codec;

internal static class PacketLimits
{
    /// <summary>Remaining Length of four bytes of seven bits (section 2.1.4).</summary>
    public const int LargestRemainingLength = 268_435_455;

    /// <summary>The same with its five bytes of fixed header.</summary>
    public const int LargestPacketBytes = LargestRemainingLength + 5;

    /// <summary>A string or binary field has a length of two bytes (section 1.5.4).</summary>
    public const int LargestFieldBytes = ushort.MaxValue;

    public static int Of(uint? maximumPacketBytes) => (int)Math.Min(maximumPacketBytes ?? LargestPacketBytes, LargestPacketBytes);
}
