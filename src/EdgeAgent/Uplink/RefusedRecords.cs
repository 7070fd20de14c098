using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;
using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.Uplink;

/// A record the service refused for good. Order: the envelope lies in quarantine, the refusal is a P0 record of its own, and only then
/// the cursor passes. A crash in between sends the record once more and names it twice; it never loses it.
internal sealed class RefusedRecords(IFileSystem files, AgentPaths paths, AgentSpool spool, ReceiptStore receipts, ILogger<RefusedRecords> log)
{
    public async Task TakeAsync(RecordKey key, ReadOnlyMemory<byte> envelope, Refusal refusal, CancellationToken cancellation)
    {
        var name = key + ".envelope";
        files.CreateDirectory(paths.Quarantine);
        AtomicFile.Write(files, Path.Combine(paths.Quarantine, name), envelope.Span);
        EnvelopeReader.TryRead(envelope, out var opened);
        // The refusal of a refusal would be refused for the same reason, without end; it is in the log and in quarantine.
        if (opened.Record?.BodyCase != Record.BodyOneofCase.PermanentRefusal)
            await spool.AppendAsync(
                RecordClass.P0,
                new Record
                {
                    SourceDevice = opened.Record?.SourceDevice ?? "",
                    Sensitivity = Sensitivity.Internal,
                    PermanentRefusal = new PermanentRefusal
                    {
                        Refused = opened.Identity,
                        Code = refusal.Code,
                        Detail = refusal.Detail,
                        QuarantineName = name,
                        PayloadSha256 = ByteString.CopyFrom(opened.PayloadHash.ToArray()),
                    },
                },
                cancellation);
        await receipts.AddAsync(ReceiptKind.Refusal, key, refusal, cancellation);
        log.RecordRefused(key.ToString(), refusal.Name, refusal.Detail, name);
    }
}
