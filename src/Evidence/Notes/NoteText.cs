using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace EdgeEnforcement.Evidence;

/// <summary>The character rules of C2SP signed-note, shared by parsing, rendering and verifier keys.</summary>
internal static class NoteText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Valid UTF-8 without control bytes other than newline, and without a byte order mark in front.</summary>
    internal static bool IsClean(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes) || bytes.StartsWith(ByteOrderMark))
            return false;
        foreach (var b in bytes)
        {
            if (b < 0x20 && b != (byte)'\n')
                return false;
        }

        return true;
    }

    /// <summary>Key names are not empty and hold neither white space nor a plus sign.</summary>
    internal static bool IsKeyName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
            return false;
        foreach (var c in name)
        {
            if (c == '+' || char.IsWhiteSpace(c) || c < 0x20)
                return false;
        }

        return true;
    }

    /// <summary>Standard alphabet with padding, one spelling per value: what encodes back to itself.</summary>
    internal static bool TryDecodeBase64(ReadOnlySpan<byte> text, out byte[] value)
    {
        value = [];
        if (text.IsEmpty || text.Length % 4 != 0)
            return false;
        var buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text, buffer, out var read, out var written) != System.Buffers.OperationStatus.Done || read != text.Length)
            return false;

        var again = new byte[text.Length];
        Base64.EncodeToUtf8(buffer.AsSpan(0, written), again, out _, out var length);
        if (length != text.Length || !text.SequenceEqual(again))
            return false;
        value = buffer[..written];
        return true;
    }

    internal static string Decode(ReadOnlySpan<byte> cleanBytes) => Strict.GetString(cleanBytes);

    internal static byte[] Encode(string text) => Strict.GetBytes(text);
}
