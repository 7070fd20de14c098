namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// HJ 212-2025 may encrypt the bytes between "CP=&&" and the last "&&" with SM4: whole blocks of 16 bytes are cipher text, what is left
/// over stays plain, length and CRC are those of the plain frame. Without the key such a frame can be recognised and kept, no more.
internal static class Encryption
{
    private const int BlockBytes = 16;
    private const int Version2025 = 2;

    /// <param name="data">A data segment whose CRC does not fit, or of which that is not known.</param>
    public static bool IsEncrypted(ReadOnlySpan<byte> data)
    {
        var start = data.IndexOf("CP=&&"u8);
        if (start < 0 || !data.EndsWith("&&"u8) || data.Length < start + 7 + BlockBytes || VersionOf(data[..start]) != Version2025)
            return false;
        var area = data[(start + 5)..^2];
        var blocks = area[..(area.Length / BlockBytes * BlockBytes)];
        // Of random bytes 161 in 256 are no printable ASCII; plain text with a UTF-8 remark in it, or a bit turned over on the line, has few.
        var strange = 0;
        foreach (var b in blocks)
            strange += b is < 0x20 or > 0x7E ? 1 : 0;
        return strange * 4 > blocks.Length;
    }

    private static int VersionOf(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf(";Flag="u8);
        if (at < 0)
            return 0;
        var value = head[(at + 6)..];
        var end = value.IndexOf((byte)';');
        return int.TryParse(end < 0 ? value : value[..end], System.Globalization.NumberStyles.None, null, out var flag) ? flag >> 2 : 0;
    }
}
