using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;

namespace EdgeEnforcement.Evidence;

/// <summary>Envelopes for facts the service itself makes: they carry no signature, the checkpoint's covers them.</summary>
public static class UnsignedEnvelope
{
    public static byte[] Seal(Record record) =>
        new SignedEnvelope { PayloadType = PayloadTypes.Record, Payload = record.ToByteString() }.ToByteArray();
}
