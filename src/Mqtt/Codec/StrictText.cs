using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>UTF-8 strings (section 1.5.4): well-formed, no surrogates, no U+0000. U+FEFF is a character like any other (MQTT5-1.5.4-3).</summary>
internal static class StrictText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static TextCheck Check(in ReadOnlySequence<byte> text)
    {
        if (text.IsSingleSegment)
        {
            var span = text.FirstSpan;
            if (span.Contains((byte)0))
                return TextCheck.HasNull;
            return Utf8.IsValid(span) ? TextCheck.Valid : TextCheck.IllFormed;
        }

        // U+0000 is looked for in all of it first, so that the answer does not depend on where the pieces are cut.
        foreach (var piece in text)
        {
            if (piece.Span.Contains((byte)0))
                return TextCheck.HasNull;
        }

        var walker = default(Utf8Walker);
        foreach (var piece in text)
        {
            if (!walker.TryTake(piece.Span))
                return TextCheck.IllFormed;
        }

        return walker.IsComplete ? TextCheck.Valid : TextCheck.IllFormed;
    }

    /// <summary>The text of bytes that were checked.</summary>
    public static string Read(in ReadOnlySequence<byte> text) =>
        text.IsSingleSegment ? Encoding.UTF8.GetString(text.FirstSpan) : Encoding.UTF8.GetString(text);

    /// <summary>Length of text in UTF-8, if a packet can carry it.</summary>
    /// <exception cref="ArgumentException">It contains U+0000 or a lone surrogate, or is longer than a field.</exception>
    public static int CountBytes(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("text with U+0000 has no form in MQTT (MQTT5-1.5.4-2)", nameof(text));
        var bytes = Strict.GetByteCount(text);
        if (bytes > PacketLimits.LargestFieldBytes)
            throw new ArgumentException($"text of {bytes} bytes is longer than a field of MQTT", nameof(text));
        return bytes;
    }

    public static int Write(string text, Span<byte> target) => Strict.GetBytes(text, target);
}
