using EdgeEnforcement.EdgeAgent.Sources.Framing;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// Finds HJ 212 frames. By length, never by their tail: encrypted data (2025) may hold any bytes, "##" and CR LF too.
///
/// A frame is taken when the length leads to four hexadecimal digits and a tail, and the CRC is right. Where the length leads elsewhere
/// only the "##" is given up and the search goes on behind it: the next frame may begin within the length that lied. Where all but the
/// CRC fits, the whole frame is given up. A frame without CR LF is taken when the next "##" follows at once: such loggers exist.
internal sealed class Hj212FrameParser(int longestDataBytes) : IFrameParser
{
    public const string WrongLength = "wrong-length";
    public const string WrongCrc = "wrong-crc";
    public const string Oversize = "oversize";
    public const string BetweenFrames = "between-frames";

    private const byte Mark = (byte)'#';
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';

    public int LongestFrameBytes => longestDataBytes + FrameLayout.OverheadBytes;

    public FrameScan Scan(ReadOnlySpan<byte> window, bool isFinal)
    {
        var text = window.IndexOfAnyExcept(Cr, Lf);
        if (text != 0)
            return new FrameScan(FrameStatus.Padding, text < 0 ? window.Length : text, window.Length);
        if (window[0] != Mark)
            return Skip(window, BetweenFrames);
        if (window.Length > 1 && window[1] != Mark)
            return Skip(window, BetweenFrames);
        if (window.Length < 6)
            return FrameScan.NeedMore(window.Length);
        if (!FrameLayout.TryRead(window, out var layout))
            return Skip(window, BetweenFrames);
        if (layout.DataBytes > longestDataBytes)
            return Skip(window, Oversize);
        if (window.Length < layout.TailAt)
            return FrameScan.NeedMore(window.Length);
        return Judge(window, layout, isFinal);
    }

    private static FrameScan Judge(ReadOnlySpan<byte> window, FrameLayout layout, bool isFinal)
    {
        if (!layout.TryReadCrc(window, out var crc))
            return Skip(window, WrongLength);
        if (TailOf(window[layout.TailAt..], isFinal) is not { } tail)
            return FrameScan.NeedMore(window.Length);

        var data = layout.DataOf(window);
        var isRight = Hj212Crc.Compute(data) == crc;
        return tail switch
        {
            < 0 => Skip(window, WrongLength),
            0 when !isRight || !data.EndsWith("&&"u8) => Skip(window, WrongLength),
            _ when isRight || Encryption.IsEncrypted(data) => FrameScan.Frame(layout.TailAt + tail),
            _ => FrameScan.Garbage(layout.TailAt + tail, WrongCrc),
        };
    }

    /// Bytes of the tail: CR LF, one of them, or none before the next frame; -1 if something else is there; null: not to be told yet.
    private static int? TailOf(ReadOnlySpan<byte> rest, bool isFinal) => rest switch
    {
        [] => isFinal ? 0 : null,
        [Cr] => isFinal ? 1 : null,
        [Cr, Lf, ..] => 2,
        [Cr or Lf, ..] => 1,
        [Mark] => isFinal ? -1 : null,
        [Mark, Mark, ..] => 0,
        _ => -1,
    };

    /// Gives up everything before the next '#'.
    private static FrameScan Skip(ReadOnlySpan<byte> window, string reason)
    {
        var next = window[1..].IndexOf(Mark);
        return FrameScan.Garbage(next < 0 ? window.Length : next + 1, reason);
    }
}
