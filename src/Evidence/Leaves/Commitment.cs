namespace EdgeEnforcement.Evidence;

/// <summary>
/// What a leaf holds of an envelope: SHA-256(salt || envelope). Without the salt nobody can tell which of the likely contents it was,
/// so erasing salt and envelope erases the content and leaves the proof.
/// </summary>
public static class Commitment
{
    public const int SaltBytes = 32;

    public static Sha256Hash Compute(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> envelope)
    {
        if (salt.Length != SaltBytes)
            throw new ArgumentException($"A salt has {SaltBytes} bytes, not {salt.Length}.", nameof(salt));
        return Sha256Hash.Of(salt, envelope);
    }
}
