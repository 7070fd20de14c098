using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EdgeEnforcement.Evidence;

/// <summary>
/// A C2SP tlog-checkpoint: origin, tree size and root, three lines. Extension lines are refused: nobody can audit them, so time and
/// business facts stand in leaves.
/// </summary>
public sealed record Checkpoint(string Origin, ulong Size, Sha256Hash Root)
{
    /// <summary>Reads the text of a note (not the note).</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (text.Length > SignedNote.MaxBytes || !NoteText.IsClean(text))
            return false;
        if (!TryTakeLine(ref text, out var origin) || !TryTakeLine(ref text, out var size) || !TryTakeLine(ref text, out var root))
            return false;
        if (!text.IsEmpty || origin.IsEmpty)
            return false;
        if (!TryParseSize(size, out var count) || !NoteText.TryDecodeBase64(root, out var rootBytes))
            return false;
        if (!Sha256Hash.TryFromBytes(rootBytes, out var hash))
            return false;
        checkpoint = new Checkpoint(NoteText.Decode(origin), count, hash);
        return true;
    }

    /// <summary>The text that is signed, final newline included.</summary>
    public byte[] Render()
    {
        if (Origin.Length == 0 || Origin.Contains('\n'))
            throw new InvalidOperationException("An origin is one line that is not empty.");
        return NoteText.Encode(string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.ToArray())}\n"));
    }

    public SignedNote Sign(params IReadOnlyList<NoteSigner> signers) => SignedNote.Create(Render(), signers);

    private static bool TryTakeLine(ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> line)
    {
        var end = text.IndexOf((byte)'\n');
        line = end < 0 ? default : text[..end];
        text = end < 0 ? text : text[(end + 1)..];
        return end >= 0;
    }

    private static bool TryParseSize(ReadOnlySpan<byte> digits, out ulong size)
    {
        size = 0;
        if (digits.IsEmpty || (digits.Length > 1 && digits[0] == (byte)'0'))
            return false;
        return ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out size);
    }
}
