using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Origins;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Backup;

/// <summary>
/// 'ingest backup': a consistent set beside a running service, which is never asked and never waits. In this order:
///
///   1. the last signed checkpoint: it says how far the back-up goes, and everything below it is durable and never written again;
///   2. the segments, the last one cut where the checkpoint's batch ends (a checkpoint's size is always the end of a batch);
///   3. the media objects of MediaStored entries below the size: an object is durable before its entry;
///   4. what 2 and 3 no longer hold (erased objects) goes from the target;
///   5. everything synced, then the manifest, synced: only now it is a back-up;
///   6. the target is read back and verified as 'ingest verify' does.
///
/// The target is laid out as the data directory. Tiles, snapshots and tables are derived and left out. A file whose bytes are the ones
/// the last manifest names is not copied again; a segment in which something was erased since has other bytes and is.
/// An incremental run that dies half-way leaves the old manifest beside newer files: restore names the first that differs.
/// </summary>
internal sealed class LedgerBackup(IFileSystem files, LedgerPaths source, string target, TimeProvider time, TextWriter output)
{
    private const string Begun = "back-up-begun";

    private readonly FileCopier _copier = new(files, output);
    private readonly List<BackupFile> _files = [];
    private Dictionary<string, BackupFile> _before = [];

    public BackupManifest Run(bool withMedia)
    {
        var origins = Origins();
        var signed = SignedNotes.Open(files, source.LastSigned, origins[^1].VerifierKey);
        var size = signed.Checkpoint.Size;
        Prepare(origins, size);
        output.WriteLine($"backing up {size} entries of {signed.Checkpoint.Origin}");

        foreach (var piece in SegmentCut.Below(files, source.Segments, new RecordIndex(size)))
            Take(Path.Combine("ledger", "segments", piece.FileName), piece.Bytes);
        Put(Path.Combine("ledger", "last-signed"), signed.Note.ToArray());
        Put(Path.Combine("ledger", "public", "checkpoint"), signed.Note.ToArray());
        Put(Path.Combine("ledger", "origins"), LedgerOriginsFile.Format(origins));
        _copier.Sync();
        if (withMedia)
            TakeMedia();

        foreach (var gone in _before.Keys.Except(_files.Select(f => f.Path)))
            _copier.Delete(Path.Combine(target, gone));
        _copier.Sync();
        var head = new BackupManifest.HeadLine(BackupManifest.Format, signed.Checkpoint.Origin, size, signed.Checkpoint.Root.ToString(), withMedia, time.GetUtcNow());
        var manifest = new BackupManifest(head, _files);
        DurableFile.Replace(files, Path.Combine(target, BackupManifest.FileName), manifest.Render());
        _copier.Delete(Path.Combine(target, Begun));
        _copier.Sync();
        output.WriteLine($"{_files.Count} files, {_files.Sum(f => f.Bytes)} bytes; {_copier.CopiedCount} copied, the others were there");
        if (!withMedia)
            output.WriteLine("media objects were left out: --media takes them along");
        return manifest;
    }

    private IReadOnlyList<LedgerOrigin> Origins()
    {
        if (RestoredMarker.Read(files, source) == RestoredState.Unfinished || files.Exists(source.OriginOpening))
            throw new InvalidDataException($"'{source.Data}' is in the middle of a restore or of open-new-origin: end that first");
        return LedgerOriginsFile.Read(files, source)
            ?? throw new InvalidDataException($"'{source.Origins}' is missing: start this version of the service on the data once");
    }

    private void Prepare(IReadOnlyList<LedgerOrigin> origins, ulong size)
    {
        files.CreateDirectory(target);
        var last = BackupManifest.Read(files, target);
        if (last is null && files.EnumerateFiles(target).Count > 0 && !files.Exists(Path.Combine(target, Begun)))
            throw new InvalidDataException($"'{target}' holds other files and no back-up: give an empty directory");
        if (last is not null && (origins.All(o => o.Name != last.Head.Origin) || last.Head.Size > size))
            throw new InvalidDataException(
                $"'{target}' holds a back-up of {last.Head.Origin} with {last.Head.Size} entries, which is not an earlier one of this ledger ({origins[^1].Name}, {size}): give another directory");
        _before = last?.Files.ToDictionary(f => f.Path, StringComparer.Ordinal) ?? [];
        DurableFile.Replace(files, Path.Combine(target, Begun), Encoding.UTF8.GetBytes("a back-up is under way, or one did not end\n"));
    }

    /// Read always: only its bytes say whether something in it was erased.
    private void Take(string path, long length)
    {
        var (from, to) = (Path.Combine(source.Data, path), Path.Combine(target, path));
        if (_before.TryGetValue(path, out var known) && known.Bytes == length && IsThere(to, length) && _copier.Hash(from, length).Sha256 == known.Sha256)
        {
            _files.Add(known);
            return;
        }
        var (bytes, hash) = _copier.Copy(from, to, length);
        if (bytes != length)
            throw new InvalidDataException($"'{from}' has {bytes} bytes, {length} belong to the back-up");
        _files.Add(new BackupFile(path, bytes, hash));
    }

    private void Put(string path, byte[] content)
    {
        _copier.Write(Path.Combine(target, path), content);
        _files.Add(new BackupFile(path, content.Length, Sha256Hash.Of(content)));
    }

    private void TakeMedia()
    {
        var media = new MediaPaths(Path.Combine(source.Data, "media"));
        var seen = new HashSet<Sha256Hash>();
        using var reader = SegmentReader.OpenReadOnly(files, Path.Combine(target, "ledger", "segments"));
        foreach (var record in reader.ReadFrom(new RecordIndex(0)))
        {
            if (StoredEntry.LeafOf(record).Type != Record.MediaStoredFieldNumber || record.BodyState != BodyState.Intact)
                continue;
            var entry = StoredEntry.From(record);
            if (!EnvelopeReader.TryRead(entry.Envelope, out var opened) || opened.Record?.MediaStored is not { } stored
                || !Sha256Hash.TryFromBytes(stored.Sha256.Span, out var hash) || !seen.Add(hash))
                continue;
            var from = media.Object(hash);
            if (files.Exists(from))
                TakeObject(Path.GetRelativePath(source.Data, from), hash, (long)stored.SizeBytes);
            else
                output.WriteLine($"note: the media of entry {entry.Index} is not there ({hash})"); // erased, or verify says so
        }
    }

    /// Named by its content: the name and the length are enough to know it again. What rotted in the target is found by its verification.
    private void TakeObject(string path, Sha256Hash hash, long length)
    {
        var to = Path.Combine(target, path);
        if (!_before.ContainsKey(path) || !IsThere(to, length))
            _copier.Copy(Path.Combine(source.Data, path), to);
        _files.Add(new BackupFile(path, length, hash));
    }

    private bool IsThere(string path, long length) => files.Exists(path) && files.GetLength(path) == length;
}
