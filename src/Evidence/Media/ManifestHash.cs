namespace EdgeEnforcement.Evidence;

/// <summary>The name of a manifest: SHA-256 of its envelope's payload, that is of the signed record, not of the envelope.</summary>
public static class ManifestHash
{
    public static Sha256Hash Of(ReadOnlySpan<byte> payload) => Sha256Hash.Of(payload);
}
