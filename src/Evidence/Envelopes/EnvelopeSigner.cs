using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;

namespace EdgeEnforcement.Evidence;

/// <summary>Seals records. The bytes it returns are kept and sent as they are: sealing again would give another signature.</summary>
public sealed class EnvelopeSigner(SigningKey key)
{
    public string KeyId => key.KeyId;

    /// <summary>The public key as SubjectPublicKeyInfo DER.</summary>
    public byte[] Spki => key.Spki;

    public byte[] Seal(Record record) => Seal(PayloadTypes.Record, record.ToByteString());

    public byte[] Seal(string payloadType, ByteString payload)
    {
        var envelope = new SignedEnvelope { PayloadType = payloadType, Payload = payload };
        envelope.Signatures.Add(new Signature
        {
            KeyId = key.KeyId,
            Algorithm = SignatureAlgorithms.EcdsaP256Sha256,
            Value = UnsafeByteOperations.UnsafeWrap(key.SignHash(Pae.Hash(payloadType, payload.Span))),
        });
        return envelope.ToByteArray();
    }
}
