using System.Buffers.Binary;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>What a stopped agent holds, read from its own files: the spooled envelopes and the receipts it kept.</summary>
internal sealed record AgentEvidence(
    IReadOnlyDictionary<(uint Epoch, RecordClass Class, ulong Sequence), byte[]> Spooled,
    IReadOnlyList<(RecordIdentity Identity, Receipt Receipt)> Receipts,
    IReadOnlyList<FinishAnswer> Media)
{
    public static AgentEvidence Read(string dataDirectory, string producer)
    {
        var files = new PhysicalFileSystem();
        var spooled = new Dictionary<(uint, RecordClass, ulong), byte[]>();
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(dataDirectory, "spool"), "p*", SearchOption.AllDirectories))
        {
            using var reader = SegmentReader.OpenReadOnly(files, folder);
            foreach (var record in reader.ReadFrom(reader.FirstIndex))
            {
                var head = record.Head.Span;
                spooled[(BinaryPrimitives.ReadUInt32BigEndian(head[4..]), (RecordClass)head[1], BinaryPrimitives.ReadUInt64BigEndian(head[8..]))] = record.Body.ToArray();
            }
        }

        var receipts = new List<(RecordIdentity, Receipt)>();
        var media = new List<FinishAnswer>();
        using var log = SegmentReader.OpenReadOnly(files, Path.Combine(dataDirectory, "receipts"));
        foreach (var entry in log.ReadFrom(log.FirstIndex))
        {
            var head = entry.Head.Span;
            var identity = new RecordIdentity
            {
                Producer = producer,
                Epoch = BinaryPrimitives.ReadUInt32BigEndian(head[4..]),
                RecordClass = (RecordClass)head[2],
                Sequence = BinaryPrimitives.ReadUInt64BigEndian(head[8..]),
            };
            if (head[1] is 1 or 6)
                receipts.Add((identity, Receipt.Parser.ParseFrom(entry.Body.Span)));
            else if (head[1] == 4)
                media.Add(FinishAnswer.Parser.ParseFrom(entry.Body.Span));
        }

        return new AgentEvidence(spooled, receipts, media);
    }
}
