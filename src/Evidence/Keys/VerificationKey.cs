using System.Security.Cryptography;

namespace EdgeEnforcement.Evidence;

/// <summary>A P-256 public key held ready: importing one costs as much as a check. Safe to share between threads.</summary>
public sealed class VerificationKey : IDisposable
{
    // ECDsa does not promise that its instance members may be called at the same time.
    private readonly Lock _gate = new();
    private readonly ECDsa _key;

    private VerificationKey(ECDsa key, byte[] spki)
    {
        _key = key;
        Spki = spki;
        KeyId = KeyIds.Of(spki);
    }

    public byte[] Spki { get; }

    public string KeyId { get; }

    /// <summary>False when the bytes are not the SubjectPublicKeyInfo DER of a P-256 key.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> spki, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out VerificationKey? key)
    {
        key = P256Spki.TryImport(spki) is { } ecdsa ? new VerificationKey(ecdsa, spki.ToArray()) : null;
        return key is not null;
    }

    /// <summary>Checks an ECDSA signature (ASN.1 DER, SHA-256) of the data.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => VerifyHash(Sha256Hash.Of(data), signature);

    public bool VerifyHash(Sha256Hash hash, ReadOnlySpan<byte> signature)
    {
        Span<byte> bytes = stackalloc byte[Sha256Hash.SizeBytes];
        hash.CopyTo(bytes);
        lock (_gate)
            return _key.VerifyHash(bytes, signature, DSASignatureFormat.Rfc3279DerSequence);
    }

    public void Dispose() => _key.Dispose();
}
