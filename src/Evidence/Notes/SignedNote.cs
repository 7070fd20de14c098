using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Evidence;

/// <summary>
/// A C2SP signed note: text that ends in a newline, an empty line, then signature lines
/// <c>— name base64(key ID || signature)</c>. Split at the last empty line. The text of a note that was not opened with a trusted
/// key must not be used: <see cref="TryParse"/> gives shape only, <see cref="Open"/> gives trust.
/// </summary>
public sealed class SignedNote
{
    /// <summary>Far above a checkpoint with every allowed signature; keeps a parser from being fed without end.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>As Go's note package.</summary>
    public const int MaxSignatures = 100;

    private const int KeyIdBytes = 4;

    private SignedNote(byte[] text, IReadOnlyList<NoteSignature> signatures)
    {
        Text = text;
        Signatures = signatures;
    }

    /// <summary>The text with its final newline, as it was signed.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    public IReadOnlyList<NoteSignature> Signatures { get; }

    // An em dash (U+2014) and a space.
    private static ReadOnlySpan<byte> LinePrefix => [0xE2, 0x80, 0x94, 0x20];

    /// <summary>Signs a text; throws when it is not one that a note can hold.</summary>
    public static SignedNote Create(ReadOnlySpan<byte> text, params IReadOnlyList<NoteSigner> signers)
    {
        if (text.IsEmpty || text[^1] != (byte)'\n' || !NoteText.IsClean(text))
            throw new ArgumentException("A note's text is clean UTF-8 that ends in a newline.", nameof(text));
        ArgumentOutOfRangeException.ThrowIfZero(signers.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(signers.Count, MaxSignatures);

        var signatures = new List<NoteSignature>(signers.Count);
        foreach (var signer in signers)
            signatures.Add(signer.Sign(text));
        return new SignedNote(text.ToArray(), signatures);
    }

    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        if (bytes.Length > MaxBytes || !NoteText.IsClean(bytes) || bytes.IsEmpty || bytes[^1] != (byte)'\n')
            return false;
        var split = bytes.LastIndexOf("\n\n"u8);
        if (split < 0)
            return false;

        var text = bytes[..(split + 1)];
        var lines = bytes[(split + 2)..];
        var signatures = new List<NoteSignature>();
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n'); // Found: the last byte is a newline.
            if (signatures.Count == MaxSignatures || !TryParseLine(lines[..end], out var signature))
                return false;
            signatures.Add(signature);
            lines = lines[(end + 1)..];
        }

        if (signatures.Count == 0)
            return false;
        note = new SignedNote(text.ToArray(), signatures);
        return true;
    }

    /// <summary>
    /// Parses and checks: lines by unknown keys are ignored, of several lines by one key the first counts, one bad line by a known key
    /// refuses the note.
    /// </summary>
    public static NoteFinding Open(ReadOnlySpan<byte> bytes, IReadOnlyList<NoteVerifier> verifiers, out SignedNote? note)
    {
        note = null;
        if (!TryParse(bytes, out var parsed))
            return NoteFinding.Malformed;

        var seen = new HashSet<(string, uint)>();
        var verified = false;
        foreach (var signature in parsed.Signatures)
        {
            NoteVerifier? known = null;
            foreach (var verifier in verifiers)
            {
                if (verifier.Name != signature.Name || verifier.KeyId != signature.KeyId)
                    continue;
                if (known is not null)
                    return NoteFinding.AmbiguousVerifiers;
                known = verifier;
            }

            if (known is null || !seen.Add((signature.Name, signature.KeyId)))
                continue;
            if (!known.Verify(parsed.Text.Span, signature.Value.Span))
                return NoteFinding.BadSignature;
            verified = true;
        }

        if (!verified)
            return NoteFinding.NoKnownKey;
        note = parsed;
        return NoteFinding.Verified;
    }

    public byte[] Render()
    {
        using var output = new MemoryStream();
        output.Write(Text.Span);
        output.WriteByte((byte)'\n');
        foreach (var signature in Signatures)
        {
            var value = new byte[KeyIdBytes + signature.Value.Length];
            BinaryPrimitives.WriteUInt32BigEndian(value, signature.KeyId);
            signature.Value.Span.CopyTo(value.AsSpan(KeyIdBytes));
            output.Write(LinePrefix);
            output.Write(NoteText.Encode($"{signature.Name} {Convert.ToBase64String(value)}\n"));
        }

        return output.ToArray();
    }

    private static bool TryParseLine(ReadOnlySpan<byte> line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (!line.StartsWith(LinePrefix))
            return false;
        line = line[LinePrefix.Length..];
        var space = line.IndexOf((byte)' ');
        if (space < 0 || !NoteText.TryDecodeBase64(line[(space + 1)..], out var value) || value.Length <= KeyIdBytes)
            return false;
        var name = NoteText.Decode(line[..space]);
        if (!NoteText.IsKeyName(name))
            return false;
        signature = new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(value), value.AsMemory(KeyIdBytes));
        return true;
    }
}
