using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Recall;

/// A place in the spool's records of one class over all epochs: everything up to and with (epoch, sequence) was read.
internal readonly record struct SpoolCursor(uint Epoch, ulong Sequence)
{
    private const int Piece = 512;
    private const long PieceBytes = 1 << 20;

    /// The records after a place, oldest first, as far as they are durable now, each with the place it moves the cursor to. What was
    /// deleted under the reader's hands is passed over.
    public static IEnumerable<(SpoolCursor Cursor, Record Record)> ReadAfter(AgentSpool spool, RecordClass recordClass, SpoolCursor cursor)
    {
        foreach (var log in spool.All.Where(s => s.Class == recordClass && s.Epoch >= cursor.Epoch).ToList())
        {
            var next = log.Epoch == cursor.Epoch ? cursor.Sequence + 1 : 1;
            while (Math.Max(next, log.FirstSequence) is var from && from <= log.LastSequence && log.ReadAhead(from, Piece, PieceBytes) is { Count: > 0 } read)
                foreach (var (key, envelope) in read)
                {
                    next = key.Sequence + 1;
                    if (EnvelopeReader.TryRead(envelope, out var opened))
                        yield return (new SpoolCursor(key.Epoch, key.Sequence), opened.Record!); // TryRead: there is one
                }
        }
    }

    /// The place before the last so many records.
    public static SpoolCursor BeforeTail(AgentSpool spool, RecordClass recordClass, int records)
    {
        var left = (ulong)records;
        var cursor = default(SpoolCursor);
        foreach (var log in spool.All.Where(s => s.Class == recordClass).Reverse())
        {
            var count = log.LastSequence + 1 - Math.Min(log.FirstSequence, log.LastSequence + 1);
            cursor = new SpoolCursor(log.Epoch, log.LastSequence - Math.Min(left, count));
            if (left <= count)
                break;
            left -= count;
        }
        return cursor;
    }
}
