using System.Security.Cryptography;

namespace EdgeEnforcement.Evidence.Tests;

public sealed class KeyTests
{
    [Fact]
    public void Pem_ComesBackAsTheSameKey()
    {
        using var key = SigningKey.Create();
        using var again = SigningKey.FromPem(key.ToPem());

        Assert.StartsWith("-----BEGIN PRIVATE KEY-----\n", key.ToPem(), StringComparison.Ordinal);
        Assert.Equal(key.KeyId, again.KeyId);
        Assert.Equal(key.Spki, again.Spki);
    }

    [Fact]
    public void FromPem_AnythingButAP256PrivateKey_Throws()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Throws<CryptographicException>(() => SigningKey.FromPem(p384.ExportPkcs8PrivateKeyPem()));
        Assert.Throws<CryptographicException>(() => SigningKey.FromPem(p256.ExportSubjectPublicKeyInfoPem()));
        Assert.Throws<CryptographicException>(() => SigningKey.FromPem("rubbish"));
        Assert.False(VerificationKey.TryCreate(p384.ExportSubjectPublicKeyInfo(), out _));
    }

    [Fact]
    public void RegistrationProof_BindsProducerAndKey()
    {
        using var key = SigningKey.Create();
        using var other = SigningKey.Create();
        var proof = RegistrationProof.Sign(key, "dock-01");

        Assert.True(RegistrationProof.Verify("dock-01", key.Spki, proof));
        Assert.True(Verified($"edgeenforcement-register-v1\ndock-01\n{key.KeyId}"));
        Assert.False(RegistrationProof.Verify("dock-02", key.Spki, proof));
        Assert.False(RegistrationProof.Verify("dock-01", other.Spki, proof));
        Assert.False(RegistrationProof.Verify("dock-01", [1, 2], proof));
        Assert.False(RegistrationProof.Verify("dock-01", key.Spki, []));

        bool Verified(string message)
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(key.Spki, out _);
            return ecdsa.VerifyData(System.Text.Encoding.ASCII.GetBytes(message), proof, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
    }
}
