using System.Text;

namespace EdgeEnforcement.Evidence;

/// <summary>
/// Proof that whoever registers a public key holds its private one: ECDSA over
/// <c>edgeenforcement-register-v1 LF producer LF lower-case hex SHA-256(public key)</c> (enrolment.proto).
/// </summary>
public static class RegistrationProof
{
    private const string Context = "edgeenforcement-register-v1";

    public static byte[] Sign(SigningKey key, string producer) => key.Sign(Message(producer, key.Spki));

    public static bool Verify(string producer, ReadOnlySpan<byte> spki, ReadOnlySpan<byte> proof)
    {
        if (!VerificationKey.TryCreate(spki, out var key))
            return false;
        using (key)
            return key.Verify(Message(producer, spki), proof);
    }

    private static byte[] Message(string producer, ReadOnlySpan<byte> spki) =>
        Encoding.UTF8.GetBytes($"{Context}\n{producer}\n{KeyIds.Of(spki)}");
}
