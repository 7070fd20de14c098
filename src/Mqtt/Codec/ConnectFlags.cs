namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>The connect flags byte (section 3.1.2.3).</summary>
internal static class ConnectFlags
{
    public const byte Reserved = 0x01;
    public const byte CleanStart = 0x02;
    public const byte Will = 0x04;
    public const byte WillRetain = 0x20;
    public const byte Password = 0x40;
    public const byte UserName = 0x80;

    private const int WillQoSShift = 3;

    /// <summary>Two bits; 3 is no QoS.</summary>
    public static int WillQoS(byte flags) => (flags >> WillQoSShift) & 3;

    public static byte Of(ConnectPacket packet)
    {
        var flags = packet.CleanStart ? CleanStart : 0;
        if (packet.Will is { Message: var will })
            flags |= Will | ((int)will.QoS << WillQoSShift) | (will.Retain ? WillRetain : 0);
        if (packet.UserName is not null)
            flags |= UserName;
        if (packet.Password is not null)
            flags |= Password;
        return (byte)flags;
    }
}
