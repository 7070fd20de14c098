using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Uplink.Lanes;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.SegmentLog.Space;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink;

/// Deletes whole P1 and P2 segments once the ledger has shown that it has them. For the oldest closed segment of each log:
///  1 the cursor is behind its last record, and the receipts log has an answer to every record in it;
///  2 a stored checkpoint covers every one of those receipts;
///  3 one record, picked at random only now, is compared with its receipt again and proved under that checkpoint;
///  4 the segment is deleted, and the next one is looked at.
/// Before all of it: detection has judged every record in it, and will not read it again after a restart.
/// A record that was refused for good counts as answered: it lies in quarantine and a P0 record names it. A segment in which nothing
/// has a receipt stays. Receipts stay too: they share one log with P0's, and the cursors are read from them.
///
/// Crash: nothing is written before the deletion, and receipts were durable before 1. After it the log begins later; the cursor, which
/// comes from the receipts, is behind its beginning, so nothing is numbered or sent again.
internal sealed class SpoolCleaner(
    CentreChannel centre, CheckpointStep checkpoints, AgentSpool spool, ReceiptStore receipts, SpoolCleaner.Context context) : IAgentLoop
{
    internal sealed record Context(IOptions<UplinkOptions> Options, IOptions<AgentOptions> Agent, ReadMarks Marks, TimeProvider Time, ILogger<SpoolCleaner> Log);

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var ticks = new PeriodicTimer(context.Options.Value.CleaningInterval, context.Time);
        while (await ticks.WaitForNextTickAsync(cancellation))
            foreach (var log in spool.All.Where(s => s.Class != RecordClass.P0))
                try
                {
                    while (checkpoints.CanFollow && log.OldestClosed() is { } segment
                        && context.Marks.SavedTo(log) >= segment.Last && await IsProvedAsync(log, segment.First, segment.Last, cancellation))
                    {
                        log.DeleteUpTo(segment.Last);
                        context.Log.SegmentDeleted(log.Epoch, log.Class.ToString(), segment.First, segment.Last);
                    }
                }
                // A failed deletion has an unknown outcome and ends the agent; everything else is tried again at the next tick.
                catch (Exception e) when ((e is not SegmentLogFatalException || DiskFull.IsRefusedWrite(e)) && !cancellation.IsCancellationRequested && UplinkPump.IsTransient(e))
                {
                    context.Log.CleaningWaits(e.Message);
                }
    }

    private async Task<bool> IsProvedAsync(ClassSpool log, ulong first, ulong last, CancellationToken cancellation)
    {
        if (receipts.ContiguousOf(log.Epoch, log.Class) < last)
            return false;
        var (held, refused) = receipts.ReadRange(log.Epoch, log.Class, first, last);
        if (held.Count == 0 || (ulong)(held.Count + refused) != last - first + 1)
            return false;

        var ledger = new Ledger.LedgerClient(centre.Channel);
        var follower = await checkpoints.FollowAsync(ledger, held.Values.Max(r => r.Index) + 1, cancellation);
        if (follower?.Last is not { } checkpoint || held.Values.Any(r => r.Index >= checkpoint.Size))
            return false;

        var (sequence, receipt) = held.ElementAt(RandomNumberGenerator.GetInt32(held.Count));
        var identity = new RecordIdentity { Producer = context.Agent.Value.Producer, Epoch = log.Epoch, RecordClass = log.Class, Sequence = sequence };
        var finding = ReceiptCheck.Verify(receipt, log.Read(sequence).Span, identity, checkpoints.OriginOf(receipt));
        var answer = await ledger.GetInclusionProofAsync(
            new InclusionProofRequest { Index = receipt.Index, TreeSize = checkpoint.Size }, deadline: centre.Deadline(), cancellationToken: cancellation);
        if (finding is ReceiptFinding.Valid or ReceiptFinding.ValidErased
            && answer.TreeSize == checkpoint.Size && ProofPath.TryParse(answer.Path, out var path)
            && RecordProof.Check(receipt.Leaf.Span, receipt.Index, path, checkpoint) == ProofFinding.Proven)
            return true;
        checkpoints.Fork(
            FormattableString.Invariant($"e{log.Epoch}-{log.Class}-{sequence}, entry {receipt.Index}, is not proved in the tree of {checkpoint.Size} ({finding})"),
            follower.LastNote.ToArray());
        return false;
    }
}
