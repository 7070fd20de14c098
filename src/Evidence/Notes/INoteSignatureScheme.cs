namespace EdgeEnforcement.Evidence;

/// <summary>One signature type of C2SP signed-note. ECDSA (0x02) is the first; Ed25519 (0x01), cosignatures (0x04) and SM2 (0xff) fit beside it.</summary>
public interface INoteSignatureScheme
{
    /// <summary>The type byte that stands before the public key in a verifier key.</summary>
    byte Type { get; }

    /// <summary>The key ID a verifier key of this type must carry; false when the bytes after the type are no such key.</summary>
    bool TryGetKeyId(string name, ReadOnlySpan<byte> publicKey, out uint keyId);

    /// <param name="publicKey">The bytes after the type.</param>
    /// <param name="text">The note's text with its final newline.</param>
    /// <param name="signature">The signature's bytes after the key ID.</param>
    bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature);
}
