using System.Globalization;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// Where the parts of a frame lie (HJ 212-2017 clause 6.3): "##", length of the data segment in four digits, data segment, CRC in four
/// hexadecimal digits, CR LF. The length counts bytes: the text says characters, and in 2025 text is UTF-8.
/// <param name="HeadBytes">6, or 5 from a logger that writes lengths below 1000 in three digits.</param>
internal readonly record struct FrameLayout(int HeadBytes, int DataBytes)
{
    public const int CrcBytes = 4;
    public const int TailBytes = 2;
    public const int OverheadBytes = 2 + 4 + CrcBytes + TailBytes;

    public int CrcAt => HeadBytes + DataBytes;

    public int TailAt => CrcAt + CrcBytes;

    /// <param name="bytes">From "##" on, at least six bytes.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameLayout layout)
    {
        // A data segment begins with the name of a field, never with a digit.
        var digits = char.IsAsciiLetterUpper((char)bytes[5]) ? 3 : 4;
        var isNumber = int.TryParse(bytes.Slice(2, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var length);
        layout = new FrameLayout(2 + digits, length);
        return isNumber;
    }

    public ReadOnlySpan<byte> DataOf(ReadOnlySpan<byte> frame) => frame.Slice(HeadBytes, DataBytes);

    /// False when there are no four hexadecimal digits where the CRC has to be: then the length is wrong, not the CRC.
    public bool TryReadCrc(ReadOnlySpan<byte> frame, out ushort crc) =>
        ushort.TryParse(frame.Slice(CrcAt, CrcBytes), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out crc);
}
