using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Sources.Dock;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Uplink.Lanes;
using EdgeEnforcement.Evidence;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink;

/// Turns receipts into proofs: a checkpoint that continues the last one we stored, then the inclusion of each P0 record and each media
/// receipt under it. A checkpoint that does not continue it is a fork: it is stored beside the other, the alarm stands until a person
/// has decided, and nothing is proved, released or deleted meanwhile.
internal sealed class ProofPump(
    CentreChannel centre, CheckpointStep checkpoints, ReceiptStore receipts, MediaCatalog catalog, CustodyRecorder custody, ProofPump.Context context) : IAgentLoop
{
    internal sealed record Context(
        AgentMetrics Metrics, IOptions<UplinkOptions> Options, TimeProvider Time, ILogger<ProofPump> Log);

    public async Task RunAsync(CancellationToken cancellation)
    {
        checkpoints.RaiseKnownFork();
        await AttestProvedAsync(cancellation);
        var backoff = centre.NewBackoff();
        while (true)
        {
            var changed = receipts.Changed.Next;
            var missing = receipts.Unproved();
            if (missing.Count == 0 || !checkpoints.CanFollow)
            {
                await changed.WaitAsync(cancellation);
                continue;
            }
            try
            {
                await ProveAsync(missing, cancellation);
                backoff.Reset();
                await Task.Delay(context.Options.Value.ProofInterval, context.Time, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && UplinkPump.IsTransient(e))
            {
                var wait = backoff.Next();
                context.Log.ProofsWait(e.Message, wait.TotalSeconds);
                await Task.Delay(wait, context.Time, cancellation);
            }
        }
    }

    private async Task ProveAsync(IReadOnlyList<(RecordKey Key, ReceiptKind Wanted, ulong LedgerIndex)> missing, CancellationToken cancellation)
    {
        var ledger = new Ledger.LedgerClient(centre.Channel);
        var follower = await checkpoints.FollowAsync(ledger, missing[0].LedgerIndex + 1, cancellation);
        if (follower?.Last is not { } checkpoint)
            return;
        var proved = 0;
        foreach (var (key, wanted, index) in missing.TakeWhile(m => m.LedgerIndex < checkpoint.Size))
        {
            var answer = await ledger.GetInclusionProofAsync(
                new InclusionProofRequest { Index = index, TreeSize = checkpoint.Size }, deadline: centre.Deadline(), cancellationToken: cancellation);
            var leaf = wanted == ReceiptKind.MediaProof ? receipts.ReadMedia(key)?.Receipt.Leaf : receipts.ReadReceipt(key)?.Leaf;
            if (leaf is null || answer.TreeSize != checkpoint.Size || !ProofPath.TryParse(answer.Path, out var path)
                || RecordProof.Check(leaf.Span, index, path, checkpoint) != ProofFinding.Proven)
            {
                checkpoints.Fork(FormattableString.Invariant($"entry {index} ({key}) is not in the tree of {checkpoint.Size}"), follower.LastNote.ToArray());
                return;
            }
            answer.Index = index;
            answer.Checkpoint = Google.Protobuf.ByteString.CopyFrom(follower.LastNote.Span);
            await receipts.AddAsync(wanted, key, answer, cancellation);
            if (wanted == ReceiptKind.MediaProof)
                await AttestAsync(key, cancellation);
            proved++;
        }
        context.Metrics.Proved(proved);
        context.Log.Proved(proved, checkpoint.Size);
    }

    /// Proofs that were stored just before a crash, whose custody event was not.
    private async Task AttestProvedAsync(CancellationToken cancellation)
    {
        foreach (var entry in catalog.NotAtCentre())
            if (receipts.Find(entry.Key)?.MediaProof is not null)
                await AttestAsync(entry.Key, cancellation);
    }

    private async Task AttestAsync(RecordKey key, CancellationToken cancellation)
    {
        if (catalog.Find(key) is { CentreStored: false } entry)
            await custody.AboutAsync(CustodyEventKind.CentreStored, entry, cancellation);
    }
}
