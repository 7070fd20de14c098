using System.Buffers;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>One whole packet found in a buffer: the fixed header taken apart, the rest as a slice of the reader's buffer.</summary>
internal readonly struct PacketFrame(PacketType type, byte flags, ReadOnlySequence<byte> body, int lengthBytes)
{
    public PacketType Type { get; } = type;

    /// <summary>The lower half of the first byte, checked against the values the specifications reserve.</summary>
    public byte Flags { get; } = flags;

    /// <summary>Variable header and payload. Not to outlive the buffer it was read from.</summary>
    public ReadOnlySequence<byte> Body { get; } = body;

    /// <summary>Of the whole packet, fixed header included.</summary>
    public int LengthBytes { get; } = lengthBytes;

    /// <summary>Where the next packet begins.</summary>
    public SequencePosition End => Body.End;
}
