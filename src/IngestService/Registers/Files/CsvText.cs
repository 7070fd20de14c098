using System.Text;

namespace EdgeEnforcement.IngestService.Registers.Files;

/// <summary>Bytes of a file to text: UTF-8 with or without BOM, else GB 18030, which spreadsheets here write.</summary>
internal static class CsvText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Its decoder gives a private-use or replacement character for bytes it has none for, and throws with the exception fallback.
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? throw new InvalidOperationException("GB 18030 is part of the framework");

    /// <returns>Null text: it is neither.</returns>
    public static (string? Text, string Encoding) Read(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> content = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        if (Decode(Utf8, content) is { } text)
            return (text, "utf-8");
        return (Decode(Gb18030, bytes), "gb18030");
    }

    /// <summary>A field as it is written: quoted where RFC 4180 asks for it.</summary>
    public static string Quote(string field) => field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field
        : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string? Decode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
