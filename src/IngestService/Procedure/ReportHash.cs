using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>
/// What a legal review is bound to (T15, T17): the report as its protobuf bytes, and every item that is evidence with its digest, in the order of
/// keys. One item more, less or replaced is another hash.
/// </summary>
internal static class ReportHash
{
    public static ByteString Of(ProcedureCase subject)
    {
        if (subject.Report is null)
            return ByteString.Empty;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(subject.Report.ToByteArray());
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (CaseEvidence item in subject.Evidence.Where(item => !item.Detached && item.Outcome == EvidenceOutcome.Evidence)
            .OrderBy(item => item.Source.Key, StringComparer.Ordinal))
        {
            byte[] key = Encoding.UTF8.GetBytes(item.Source.Key);
            BinaryPrimitives.WriteInt32BigEndian(length, key.Length); // no key runs into the digest behind it
            hash.AppendData(length);
            hash.AppendData(key);
            hash.AppendData(item.Source.Sha256.Span);
        }

        return ByteString.CopyFrom(hash.GetHashAndReset());
    }
}
