using System.Buffers.Binary;

namespace EdgeEnforcement.Evidence;

/// <summary>Type 0x02: ECDSA P-256 with SHA-256 over the note text, ASN.1 DER; key ID = SHA-256(SPKI DER)[:4], without name or type.</summary>
public sealed class EcdsaNoteScheme : INoteSignatureScheme
{
    public const byte TypeByte = 0x02;

    public static EcdsaNoteScheme Instance { get; } = new();

    public byte Type => TypeByte;

    public static uint KeyIdOf(ReadOnlySpan<byte> spki)
    {
        Span<byte> hash = stackalloc byte[Sha256Hash.SizeBytes];
        Sha256Hash.Of(spki).CopyTo(hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    public bool TryGetKeyId(string name, ReadOnlySpan<byte> publicKey, out uint keyId)
    {
        keyId = KeyIdOf(publicKey);
        using var key = P256Spki.TryImport(publicKey);
        return key is not null;
    }

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        if (!VerificationKey.TryCreate(publicKey, out var key))
            return false;
        using (key)
            return key.Verify(text, signature);
    }
}
