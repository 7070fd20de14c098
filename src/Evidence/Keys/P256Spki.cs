using System.Security.Cryptography;

namespace EdgeEnforcement.Evidence;

/// <summary>The one form in which we take a P-256 public key: SubjectPublicKeyInfo DER, named curve, uncompressed point, 91 bytes.</summary>
internal static class P256Spki
{
    internal const int SizeBytes = 91;

    // SEQUENCE { SEQUENCE { OID ecPublicKey, OID prime256v1 }, BIT STRING 04 || X || Y } up to the point's first byte.
    private static ReadOnlySpan<byte> Prefix =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01,
        0x07, 0x03, 0x42, 0x00, 0x04,
    ];

    /// <summary>A key the caller owns; null when the bytes are no such key or the point is not on the curve.</summary>
    internal static ECDsa? TryImport(ReadOnlySpan<byte> spki)
    {
        if (spki.Length != SizeBytes || !spki.StartsWith(Prefix))
            return null;

        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(spki, out _);
            return key;
        }
        catch (CryptographicException)
        {
            // The point is not on the curve: an answer, not a fault.
            key.Dispose();
            return null;
        }
    }
}
