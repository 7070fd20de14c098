namespace EdgeEnforcement.Evidence;

/// <summary>Names of signing keys: lower-case hex of SHA-256(SubjectPublicKeyInfo DER).</summary>
public static class KeyIds
{
    public static string Of(ReadOnlySpan<byte> spki) => Sha256Hash.Of(spki).ToString();
}
