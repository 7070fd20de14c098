using System.Collections.Concurrent;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Uplink.Lanes;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink.Upload;

/// Sends the media that the policy wants, several files side by side, each until its receipt is stored. What is to be done is read
/// from catalogue and receipts each time, so a restart of either side changes nothing.
internal sealed class UploadPump(
    UploadSession session, MediaCatalog catalog, ReceiptStore receipts, CentreChannel centre, UploadPump.Context context) : IAgentLoop
{
    internal sealed record Context(IOptions<UploadOptions> Options, TimeProvider Time, ILogger<UploadPump> Log);

    // Written by the senders, read by the loop.
    private readonly ConcurrentDictionary<RecordKey, (Backoff Backoff, DateTimeOffset NotBefore)> _waiting = [];

    // The centre deleted their content by law and takes it no more. Asked once more after a restart: the centre's word is the record of it.
    private readonly ConcurrentDictionary<RecordKey, bool> _erased = [];

    internal int ErasedCount => _erased.Count;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var active = new Dictionary<RecordKey, Task>();
        try
        {
            while (true)
            {
                var (catalogued, answered) = (catalog.Changed.Next, receipts.Changed.Next);
                foreach (var done in active.Where(a => a.Value.IsCompleted).ToArray())
                {
                    active.Remove(done.Key);
                    await done.Value;
                }
                foreach (var entry in Due(active).Take(context.Options.Value.ParallelFiles - active.Count).ToArray())
                    active[entry.Key] = SendAsync(entry, cancellation);
                await Task.WhenAny([catalogued, answered, .. active.Values, NextRetry(cancellation)]).WaitAsync(cancellation);
                // The wait for the next retry ends by cancellation too, and where it is first, nothing has been thrown yet.
                cancellation.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await Task.WhenAll(active.Values).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private IEnumerable<CatalogEntry> Due(Dictionary<RecordKey, Task> active)
    {
        var now = context.Time.GetUtcNow();
        return catalog.NotAtCentre()
            .Where(e => session.MaySend && e.StationCopied && UploadPolicy.Wants(e.Manifest, context.Options.Value.UploadAll))
            .Where(e => !active.ContainsKey(e.Key) && !_erased.ContainsKey(e.Key) && receipts.Find(e.Key) is { IsAnchored: true, Media: null })
            .Where(e => !_waiting.TryGetValue(e.Key, out var w) || w.NotBefore <= now)
            .OrderBy(e => UploadPolicy.Rank(e.Manifest)).ThenBy(e => e.Key.Epoch).ThenBy(e => e.Key.Sequence);
    }

    private Task NextRetry(CancellationToken cancellation)
    {
        var now = context.Time.GetUtcNow();
        var next = _waiting.Values.Select(w => w.NotBefore).Where(t => t > now).DefaultIfEmpty(now.AddMinutes(10)).Min();
        return Task.Delay(next - now, context.Time, cancellation);
    }

    private async Task SendAsync(CatalogEntry entry, CancellationToken cancellation)
    {
        try
        {
            var index = receipts.Find(entry.Key)?.LedgerIndex ?? throw new InvalidOperationException($"{entry.Key} has no receipt.");
            var stored = await session.RunAsync(entry, index, cancellation);
            context.Log.Uploaded(entry.Manifest.OriginalPath, entry.Manifest.Recorder, stored);
        }
        catch (RpcException e) when (RefusalTrailer.NameOf(e) == "ERASED")
        {
            _erased[entry.Key] = true;
            context.Log.ErasedAtCentre(entry.Manifest.OriginalPath, entry.Manifest.Recorder);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && UplinkPump.IsTransient(e))
        {
            var backoff = _waiting.TryGetValue(entry.Key, out var w) ? w.Backoff : centre.NewBackoff();
            var wait = backoff.Next();
            _waiting[entry.Key] = (backoff, context.Time.GetUtcNow() + wait);
            context.Log.UploadWaits(
                entry.Manifest.OriginalPath, e is RpcException rpc ? $"{rpc.StatusCode}: {rpc.Status.Detail}" : e.Message, wait.TotalSeconds);
        }
    }
}
