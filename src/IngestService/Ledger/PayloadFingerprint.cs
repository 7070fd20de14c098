using System.Text;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>
/// What "same bytes" compares: SHA-256 over payload type, a zero byte and payload. Signatures are left out, because ECDSA makes
/// another one each time. Bytes that are no envelope have no payload type and are all payload.
/// </summary>
internal static class PayloadFingerprint
{
    public static Sha256Hash Of(ReadOnlyMemory<byte> envelope)
    {
        EnvelopeReader.TryRead(envelope, out var opened);
        return Of(opened);
    }

    public static Sha256Hash Of(OpenedEnvelope opened)
    {
        Span<byte> type = stackalloc byte[256];
        var text = opened.PayloadType;
        var typeBytes = Encoding.UTF8.GetMaxByteCount(text.Length) < type.Length ? type : new byte[Encoding.UTF8.GetMaxByteCount(text.Length) + 1];
        var length = Encoding.UTF8.GetBytes(text, typeBytes);
        typeBytes[length] = 0;
        return Sha256Hash.Of(typeBytes[..(length + 1)], opened.Envelope is null ? opened.Bytes.Span : opened.Payload.Span);
    }
}
