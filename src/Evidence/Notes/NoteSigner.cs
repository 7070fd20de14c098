using System.Globalization;

namespace EdgeEnforcement.Evidence;

/// <summary>Signs notes with a P-256 key (type 0x02). The name of a ledger's key is its origin.</summary>
public sealed class NoteSigner
{
    private readonly SigningKey _key;

    public NoteSigner(string name, SigningKey key)
    {
        if (!NoteText.IsKeyName(name))
            throw new ArgumentException("A key name is not empty and holds neither white space nor a plus sign.", nameof(name));
        Name = name;
        _key = key;
        KeyId = EcdsaNoteScheme.KeyIdOf(key.Spki);
    }

    public string Name { get; }

    public uint KeyId { get; }

    /// <summary>The verifier key: <c>name+key ID+base64(type || SPKI DER)</c>.</summary>
    public string VerifierKey =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{KeyId:x8}+{Convert.ToBase64String([EcdsaNoteScheme.TypeByte, .. _key.Spki])}");

    public NoteSignature Sign(ReadOnlySpan<byte> text) => new(Name, KeyId, _key.Sign(text));
}
