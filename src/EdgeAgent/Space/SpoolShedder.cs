using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.SegmentLog.Space;

namespace EdgeEnforcement.EdgeAgent.Space;

/// Gives up the oldest P2 records when the disk is too full to keep them, one closed segment at a time, each in this order:
///  1 the gap certificate (P0: epoch, class, first to last sequence, reason) is durable in the spool;
///  2 the segment is deleted;
///  3 the cursor passes its records, so that the ones behind them can be proved and deleted in their turn.
///
/// Crash after 1: certificate and records are both there. The records are sent as if nothing had been said, and the ledger takes them; if
/// the disk is still full they are given up again, under a second certificate of the same range. After 2: the log begins later, and the
/// cursor is taken from its beginning at the next start. P1 is never given up, P0 neither.
/// Nothing goes that detection has not judged: it reads within milliseconds, and an agent whose detection ended has ended.
internal sealed class SpoolShedder(AgentSpool spool, ReceiptStore receipts, StationSpace space, ReadMarks marks, AgentMetrics metrics, ILogger<SpoolShedder> log)
{
    public async Task ShedAsync(CancellationToken cancellation)
    {
        var reading = space.Reading;
        var enough = SpacePolicy.MarkOf(SpaceState.Shed) - SpacePolicy.MarginPercent;
        foreach (var oldest in spool.All.Where(s => s.Class == RecordClass.P2))
            while (reading.Percent >= enough && oldest.OldestClosed() is { } segment && marks.ReadTo(oldest) >= segment.Last)
                reading = reading.With(-await GiveUpAsync(oldest, segment.First, segment.Last, reading.Percent, cancellation));
    }

    /// The bytes given back.
    private async Task<long> GiveUpAsync(ClassSpool from, ulong first, ulong last, double percent, CancellationToken cancellation)
    {
        var unanswered = last - Math.Max(first - 1, Math.Min(last, receipts.ContiguousOf(from.Epoch, from.Class)));
        await spool.AppendAsync(
            RecordClass.P0,
            new Record
            {
                Sensitivity = Sensitivity.Internal,
                GapCertificate = new GapCertificate
                {
                    RecordClass = from.Class,
                    Epoch = from.Epoch,
                    FirstSequence = first,
                    LastSequence = last,
                    Reason = FormattableString.Invariant($"station disk {percent:F0} % full; {unanswered} of {last - first + 1} records had no receipt yet"),
                },
            },
            cancellation);
        var before = from.SizeBytes;
        from.DeleteUpTo(last);
        receipts.BeginAt(from.Epoch, from.Class, from.FirstSequence);
        metrics.RecordsShed(last - first + 1);
        log.Shed(from.Epoch, first, last, unanswered);
        return before - from.SizeBytes;
    }
}
