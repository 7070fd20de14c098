using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Clerk;

/// <summary>A numbered fact as the appender takes it. Facts carry no signature: the checkpoint's covers them.</summary>
internal static class ClerkAppend
{
    public static AppendRequest Request(Record fact) => new()
    {
        Origin = LeafOrigin.Clerk,
        Identity = fact.Identity,
        Type = (ushort)fact.BodyCase,
        Envelope = UnsignedEnvelope.Seal(fact),
        PayloadFingerprint = Fingerprint(fact),
        Preconditions = [.. fact.Preconditions],
    };

    private static Sha256Hash Fingerprint(Record fact) => Sha256Hash.Of(PayloadTypeAndZero, fact.ToByteArray());

    private static readonly byte[] PayloadTypeAndZero = Encoding.UTF8.GetBytes(PayloadTypes.Record + "\0");
}
