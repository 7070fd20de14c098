using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Evidence;

/// <summary>Checks an envelope's signatures against one public key. Signatures by other keys neither help nor harm.</summary>
public static class EnvelopeVerifier
{
    /// <summary>More lines than a producer, its station and two witnesses need; keeps a sender from buying our time with signatures.</summary>
    public const int MaxSignatures = 8;

    public static bool Verify(OpenedEnvelope opened, VerificationKey key) => opened.Envelope is { } envelope && Verify(envelope, key);

    public static bool Verify(OpenedEnvelope opened, ReadOnlySpan<byte> spki) => opened.Envelope is { } envelope && Verify(envelope, spki);

    public static bool Verify(SignedEnvelope envelope, ReadOnlySpan<byte> spki)
    {
        if (!VerificationKey.TryCreate(spki, out var key))
            return false;
        using (key)
            return Verify(envelope, key);
    }

    /// <summary>True when the signature under this key's ID verifies; a second one under the same ID is not looked at.</summary>
    public static bool Verify(SignedEnvelope envelope, VerificationKey key)
    {
        if (envelope.Signatures.Count > MaxSignatures)
            return false;
        foreach (var signature in envelope.Signatures)
        {
            if (signature.KeyId == key.KeyId && signature.Algorithm == SignatureAlgorithms.EcdsaP256Sha256)
                return key.VerifyHash(Pae.Hash(envelope.PayloadType, envelope.Payload.Span), signature.Value.Span);
        }

        return false;
    }
}
