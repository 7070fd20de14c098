using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace EdgeEnforcement.Evidence;

/// <summary>A key that notes are checked with, out of its text form <c>name+8 hex+base64(type || key)</c>.</summary>
public sealed class NoteVerifier
{
    private static readonly IReadOnlyList<INoteSignatureScheme> DefaultSchemes = [EcdsaNoteScheme.Instance];

    private readonly INoteSignatureScheme _scheme;
    private readonly byte[] _publicKey;

    private NoteVerifier(string name, uint keyId, INoteSignatureScheme scheme, byte[] publicKey)
    {
        Name = name;
        KeyId = keyId;
        _scheme = scheme;
        _publicKey = publicKey;
    }

    public string Name { get; }

    public uint KeyId { get; }

    /// <summary>The key's bytes without the type; for ECDSA its SubjectPublicKeyInfo DER.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    public static bool TryParse(string? verifierKey, [NotNullWhen(true)] out NoteVerifier? verifier) =>
        TryParse(verifierKey, DefaultSchemes, out verifier);

    public static bool TryParse(
        string? verifierKey, IReadOnlyList<INoteSignatureScheme> schemes, [NotNullWhen(true)] out NoteVerifier? verifier)
    {
        verifier = null;
        // The base64 part may hold plus signs of its own, the name may not.
        if (verifierKey?.Split('+', 3) is not [var name, { Length: 8 } idHex, var keyText] || !NoteText.IsKeyName(name))
            return false;
        if (!TryParseKeyId(idHex, out var keyId) || !NoteText.TryDecodeBase64(Encoding.UTF8.GetBytes(keyText), out var typed) || typed.Length < 2)
            return false;

        foreach (var scheme in schemes)
        {
            if (scheme.Type != typed[0])
                continue;
            var publicKey = typed[1..];
            if (!scheme.TryGetKeyId(name, publicKey, out var expected) || expected != keyId)
                return false;
            verifier = new NoteVerifier(name, keyId, scheme, publicKey);
            return true;
        }

        return false;
    }

    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => _scheme.Verify(_publicKey, text, signature);

    private static bool TryParseKeyId(string hex, out uint keyId) =>
        uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out keyId)
        && keyId.ToString("x8", CultureInfo.InvariantCulture) == hex;
}
