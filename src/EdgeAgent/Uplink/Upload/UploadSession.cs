using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Media;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Grpc.Core;

namespace EdgeEnforcement.EdgeAgent.Uplink.Upload;

/// One try at one file: Begin says what is missing, chunks go by window, Finish gives the receipt, which is recomputed before it is
/// stored. Any fault ends the try; the next one begins with Begin, which knows what is durable.
internal sealed class UploadSession(CentreChannel centre, StationStore store, ReceiptStore receipts, PinnedLedger pin, AgentMetrics metrics)
{
    /// Footage does not go to a ledger that nobody vouched for.
    public bool MaySend => pin.Current is { Next: null or { Vouched: true } };

    public async Task<ulong> RunAsync(CatalogEntry entry, ulong manifestIndex, CancellationToken cancellation)
    {
        var vault = new MediaVault.MediaVaultClient(centre.Channel);
        var begun = await vault.BeginAsync(
            new BeginRequest { ManifestIndex = manifestIndex }, deadline: centre.Deadline(), cancellationToken: cancellation);
        if (!begun.Stored)
            await SendMissingAsync(vault, entry, manifestIndex, begun, cancellation);

        // No deadline of ours: the centre reads the whole file again, and a large one takes its time. The connection's end ends it.
        var answer = await vault.FinishAsync(
            new FinishRequest { ManifestIndex = manifestIndex, Generation = begun.Generation }, cancellationToken: cancellation);
        Check(entry, manifestIndex, answer);
        await receipts.AddAsync(ReceiptKind.Media, entry.Key, answer, cancellation);
        return answer.Receipt.Index;
    }

    private async Task SendMissingAsync(
        MediaVault.MediaVaultClient vault, CatalogEntry entry, ulong manifestIndex, BeginAnswer begun, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var window = new SemaphoreSlim((int)Math.Clamp(begun.Window, 1u, 64u));
        using var call = vault.Upload(cancellationToken: either.Token);
        var sending = SendAsync(call, entry, manifestIndex, begun, window, either.Token);
        var receiving = ReceiveAsync(call, begun, window, either.Token);
        var first = await Task.WhenAny(sending, receiving);
        if (!first.IsCompletedSuccessfully)
            await either.CancelAsync();
        try
        {
            await Task.WhenAll(sending, receiving);
        }
        catch (Exception) when (first.IsFaulted)
        {
            await first; // the cause, not its consequence
        }
    }

    private async Task SendAsync(
        AsyncDuplexStreamingCall<UploadRequest, UploadAnswer> call, CatalogEntry entry, ulong manifestIndex, BeginAnswer begun,
        SemaphoreSlim window, CancellationToken cancellation)
    {
        var chunkBytes = (int)entry.Manifest.ChunkBytes;
        var size = (long)entry.Manifest.SizeBytes;
        var buffer = new byte[Math.Min(chunkBytes, size)];
        await using var file = store.OpenCopy(entry.ContentHash);
        var isFirst = true;
        foreach (var chunk in begun.Missing.SelectMany(r => Enumerable.Range((int)r.First, (int)r.Count)))
        {
            await window.WaitAsync(cancellation);
            var offset = (long)chunk * chunkBytes;
            var length = (int)Math.Min(chunkBytes, size - offset);
            file.Position = offset;
            await file.ReadExactlyAsync(buffer.AsMemory(0, length), cancellation);
            // The write returns after the message is on its way; the buffer is ours again.
            await call.RequestStream.WriteAsync(
                new UploadRequest
                {
                    ManifestIndex = isFirst ? manifestIndex : 0,
                    Generation = isFirst ? begun.Generation : 0,
                    Chunk = (uint)chunk,
                    Content = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, length)),
                },
                cancellation);
            isFirst = false;
        }
        await call.RequestStream.CompleteAsync();
    }

    private async Task ReceiveAsync(
        AsyncDuplexStreamingCall<UploadRequest, UploadAnswer> call, BeginAnswer begun, SemaphoreSlim window, CancellationToken cancellation)
    {
        var outstanding = begun.Missing.Sum(r => (long)r.Count);
        while (outstanding > 0 && await call.ResponseStream.MoveNext(cancellation))
        {
            var answer = call.ResponseStream.Current;
            if (answer.Refused.Count > 0)
                throw new TransientFaultException(FormattableString.Invariant($"chunk {answer.Refused[0].Chunk} was refused: {answer.Refused[0].Refusal?.Name}"));
            outstanding -= answer.DurableChunks.Count;
            metrics.ChunksDurable(answer.DurableChunks.Count);
            if (answer.DurableChunks.Count > 0)
                window.Release(answer.DurableChunks.Count);
        }
        if (outstanding > 0)
            throw new TransientFaultException(FormattableString.Invariant($"the stream ended with {outstanding} chunks unanswered"));
    }

    /// The receipt is of an entry that says: this manifest, this content. Everything is recomputed from the entry's bytes.
    private void Check(CatalogEntry entry, ulong manifestIndex, FinishAnswer answer)
    {
        var envelope = answer.StoredEnvelope.Memory;
        if (!EnvelopeReader.TryRead(envelope, out var opened) || opened.Record is not { BodyCase: Record.BodyOneofCase.MediaStored } record)
            throw new TransientFaultException($"The media receipt's entry cannot be read: {opened.Fault}.");
        var stored = record.MediaStored;
        if (stored.ManifestIndex != manifestIndex || stored.SizeBytes != entry.Manifest.SizeBytes
            || !stored.Sha256.Span.SequenceEqual(entry.ContentHash.ToArray()))
            throw new TransientFaultException("The media receipt's entry is about another file.");
        var finding = ReceiptCheck.Verify(answer.Receipt, envelope.Span, record.Identity, pin.Current?.Speaking);
        if (finding != ReceiptFinding.Valid)
            throw new TransientFaultException($"The media receipt does not hold: {finding}.");
    }
}
