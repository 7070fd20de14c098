using System.Buffers;
using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>
/// The end of an upload, safe to be begun again after a crash at any point:
/// 1. every chunk durable, or the content already in the store;
/// 2. flush, read the whole file again, compare SHA-256;
/// 3. rename into the store, sync the directory (a crash here: the object is found and read again);
/// 4. state "storing" with the ledger's durable size, so that the next try need look for the fact only from there;
/// 5. append MediaStored (a crash here: step 4's position finds it, and no second one is made);
/// 6. state "stored" with the entry's index; answer.
/// A file that differs goes the same way with "quarantining" and MediaQuarantined, the fact before the move, so that no
/// file lies in quarantine that the ledger does not know of.
/// One caller at a time per file: <see cref="MediaStore"/> sees to it.
/// </summary>
internal sealed class MediaFinisher(IFileSystem files, MediaPaths paths, StoredFacts facts, ILogger<MediaFinisher> log)
{
    // Large enough that the disk, not the call, is the cost; small enough to stay in the second-level cache with the hash.
    private const int ReadBlockBytes = 1 << 20;

    public async Task<FinishOutcome> FinishAsync(IncomingFile file, CancellationToken stopping)
    {
        var state = file.State;
        if (state.Stage == UploadStage.Stored)
            return new FinishOutcome(facts.Again(new EntryIndex(state.LedgerPosition)), null);

        var storedPath = paths.Object(file.Manifest.Content);
        if (files.Exists(storedPath))
        {
            var inStore = HashWhole(storedPath);
            if (inStore == file.Manifest.Content)
                return await AppendStoredAsync(file, wasThere: true, stopping);
            // Damage in the store is not the sender's fault: the copy is set aside and the chunks are asked for again.
            await QuarantineAsync(file, storedPath, inStore, "the stored object no longer matches its name", stopping);
            if (files.Exists(paths.Data(file.Manifest.Index)))
                file.Enter(UploadStage.Receiving, 0);
            else
                file.Reset();
        }

        return await FinishReceivedAsync(file, storedPath, stopping);
    }

    private async Task<FinishOutcome> FinishReceivedAsync(IncomingFile file, string storedPath, CancellationToken stopping)
    {
        var missing = file.State.Chunks.Missing();
        if (missing.Count > 0)
            return Refused(RefusalCode.ChunksMissing, $"{missing.Sum(r => r.Count)} of {file.Manifest.ChunkCount} chunks, first {missing[0].First}");

        var received = paths.Data(file.Manifest.Index);
        Flush(received);
        var found = HashWhole(received);
        if (found != file.Manifest.Content || files.GetLength(received) != file.Manifest.SizeBytes)
        {
            await QuarantineAsync(file, received, found, "the whole file's SHA-256 is not the manifest's", stopping);
            file.Reset();
            return Refused(RefusalCode.FileMismatch, $"expected {file.Manifest.Content}, found {found}");
        }

        files.CreateDirectory(paths.ObjectDirectory(file.Manifest.Content));
        files.Replace(received, storedPath);
        files.SyncDirectory(paths.ObjectDirectory(file.Manifest.Content));
        files.SyncDirectory(paths.IncomingDirectory(file.Manifest.Index));
        return await AppendStoredAsync(file, wasThere: false, stopping);
    }

    private async Task<FinishOutcome> AppendStoredAsync(IncomingFile file, bool wasThere, CancellationToken stopping)
    {
        // The object may come from another manifest of the same content; whether its name is durable is not known here.
        files.SyncDirectory(paths.ObjectDirectory(file.Manifest.Content));
        var state = file.State;
        // A back-up holds objects and facts but no states: an object that was there already may have its fact, somewhere after its manifest.
        ulong? from = state.Stage == UploadStage.Storing ? state.LedgerPosition : wasThere ? file.Manifest.Index : null;
        var earlier = from is { } position ? facts.FindStored(position, file.Manifest.Index) : null;
        if (earlier is { } known)
        {
            Settle(file, known);
            return new FinishOutcome(facts.Again(known), null);
        }

        if (state.Stage != UploadStage.Storing)
            file.Enter(UploadStage.Storing, facts.DurableSize);
        var appended = await facts.AppendAsync(
            new Record
            {
                MediaStored = new MediaStored
                {
                    ManifestIndex = file.Manifest.Index,
                    Sha256 = Google.Protobuf.ByteString.CopyFrom(file.Manifest.Content.ToArray()),
                    SizeBytes = file.Manifest.Manifest.SizeBytes,
                    Generation = state.Generation,
                },
            },
            stopping);
        if (appended.Outcome.Receipt is not { } receipt)
            return new FinishOutcome(null, appended.Outcome.Refusal);
        Settle(file, receipt.Index);
        log.Stored(file.Manifest.Index, file.Manifest.Content, receipt.Index.Value);
        return new FinishOutcome(new StoredReceipt(receipt, appended.Envelope), null);
    }

    private void Settle(IncomingFile file, EntryIndex stored)
    {
        file.Enter(UploadStage.Stored, stored.Value);
        // What was received beside an object of the same content has done its work.
        if (files.Exists(paths.Data(file.Manifest.Index)))
            files.Delete(paths.Data(file.Manifest.Index));
    }

    private async Task QuarantineAsync(IncomingFile file, string path, Sha256Hash found, string reason, CancellationToken stopping)
    {
        var name = MediaPaths.QuarantineName(file.Manifest.Index, found);
        var state = file.State;
        var known = state.Stage == UploadStage.Quarantining && facts.IsQuarantineKnown(state.LedgerPosition, name);
        if (!known)
        {
            if (state.Stage != UploadStage.Quarantining)
                file.Enter(UploadStage.Quarantining, facts.DurableSize);
            var appended = await facts.AppendAsync(
                new Record
                {
                    MediaQuarantined = new MediaQuarantined
                    {
                        ManifestIndex = file.Manifest.Index,
                        ExpectedSha256 = Google.Protobuf.ByteString.CopyFrom(file.Manifest.Content.ToArray()),
                        FoundSha256 = Google.Protobuf.ByteString.CopyFrom(found.ToArray()),
                        QuarantineName = name,
                        Reason = reason,
                    },
                },
                stopping);
            if (appended.Outcome.Refusal is { } refusal)
                throw new InvalidOperationException($"the ledger refused its own fact: {refusal.Code} {refusal.Detail}");
        }
        files.CreateDirectory(paths.QuarantineDirectory);
        files.Replace(path, paths.Quarantine(file.Manifest.Index, found));
        files.SyncDirectory(paths.QuarantineDirectory);
        log.Quarantined(file.Manifest.Index, name, reason);
    }

    private void Flush(string path)
    {
        using var file = files.OpenExisting(path, FileAccess.ReadWrite);
        file.Flush();
    }

    private Sha256Hash HashWhole(string path)
    {
        using var file = files.OpenExisting(path, FileAccess.Read);
        using var hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = ArrayPool<byte>.Shared.Rent(ReadBlockBytes);
        try
        {
            long offset = 0;
            int read;
            while ((read = file.Read(block.AsSpan(0, ReadBlockBytes), offset)) > 0)
            {
                hasher.AppendData(block, 0, read);
                offset += read;
            }
            return Sha256Hash.FromBytes(hasher.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static FinishOutcome Refused(RefusalCode code, string detail) => new(null, new RefusalDetail(code, detail));
}
