using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;

namespace EdgeEnforcement.Evidence;

/// <summary>
/// What reading an envelope gave: as much of it as could be read, and what stopped the reading. <see cref="Bytes"/> are always the bytes
/// handed in; the payload is never serialised again. Reading checks no signature.
/// </summary>
public sealed record OpenedEnvelope(ReadOnlyMemory<byte> Bytes, EnvelopeFault Fault, SignedEnvelope? Envelope, Record? Record)
{
    public string PayloadType => Envelope?.PayloadType ?? "";

    public ByteString Payload => Envelope?.Payload ?? ByteString.Empty;

    /// <summary>The identity where one could be read, even beside a fault.</summary>
    public RecordIdentity? Identity => Record?.Identity;

    /// <summary>The leaf's record type: the number of the body field, 0 when there is none.</summary>
    public ushort RecordType => (ushort)(Record?.BodyCase ?? Record.BodyOneofCase.None);

    /// <summary>SHA-256 of the payload: the name under which manifests are chained and labelled.</summary>
    public Sha256Hash PayloadHash => Sha256Hash.Of(Payload.Span);
}
