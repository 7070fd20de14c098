using System.Security.Cryptography;

namespace EdgeEnforcement.Evidence;

/// <summary>A P-256 private key. Where its text lies, and who may read it, is the host's affair. Safe to share between threads.</summary>
public sealed class SigningKey : IDisposable
{
    // ECDsa does not promise that its instance members may be called at the same time.
    private readonly Lock _gate = new();
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        Spki = key.ExportSubjectPublicKeyInfo();
        KeyId = KeyIds.Of(Spki);
    }

    /// <summary>The public key as SubjectPublicKeyInfo DER (91 bytes).</summary>
    public byte[] Spki { get; }

    public string KeyId { get; }

    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads PKCS#8 PEM; throws <see cref="CryptographicException"/> on anything but a P-256 private key.</summary>
    public static SigningKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            // A public key imports too; only exporting tells.
            if (key.KeySize != 256 || key.ExportParameters(includePrivateParameters: true).Curve.Oid.Value != "1.2.840.10045.3.1.7")
                throw new CryptographicException("The key is not on P-256.");
            var read = new SigningKey(key);
            // The text carries the public key beside the private one, and importing does not hold them against each other: a key file
            // in which a bit flipped would sign what nobody can check.
            if (!read.SignsForItsPublicKey())
                throw new CryptographicException("The private key does not belong to the public key beside it.");
            return read;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();
            throw new CryptographicException("The text is not a P-256 private key in PKCS#8 PEM.", e);
        }
    }

    private bool SignsForItsPublicKey()
    {
        using var checking = ECDsa.Create();
        checking.ImportSubjectPublicKeyInfo(Spki, out _);
        return checking.VerifyData(Spki, Sign(Spki), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public string ToPem()
    {
        lock (_gate)
            return _key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>ECDSA with SHA-256 over the data, as ASN.1 DER. Randomised: two signatures of the same data differ.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) => SignHash(Sha256Hash.Of(data));

    public byte[] SignHash(Sha256Hash hash)
    {
        Span<byte> bytes = stackalloc byte[Sha256Hash.SizeBytes];
        hash.CopyTo(bytes);
        lock (_gate)
            return _key.SignHash(bytes, DSASignatureFormat.Rfc3279DerSequence);
    }

    public void Dispose() => _key.Dispose();
}
