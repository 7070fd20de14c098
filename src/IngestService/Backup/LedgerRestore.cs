using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Origins;
using EdgeEnforcement.SegmentLog;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeEnforcement.IngestService.Backup;

/// <summary>
/// 'ingest restore': a back-up into an empty directory. In this order:
///
///   1. the marker 'restored: unfinished', durable before anything else: no service starts on a half of a ledger and signs it;
///   2. every file the manifest names, compared with its hash while it is copied; the first that differs ends it, by name;
///   3. the ledger verified against its checkpoint, the tiles made;
///   4. the marker 'restored: read-only'.
///
/// A crash anywhere before 4 leaves a directory that no service starts on.
/// </summary>
internal sealed class LedgerRestore(IFileSystem files, string source, LedgerPaths data, TimeProvider time, TextWriter output)
{
    private readonly FileCopier _copier = new(files, output);

    public void Run()
    {
        var manifest = BackupManifest.Read(files, source)
            ?? throw new InvalidDataException($"'{source}' holds no finished back-up: there is no {BackupManifest.FileName}");
        if (IsInUse())
            throw new InvalidDataException($"'{data.Data}' is not empty: a back-up is restored into an empty directory");
        files.CreateDirectory(data.Data);
        RestoredMarker.Write(files, data, RestoredState.Unfinished, "do not use: a restore is under way, or one did not end");

        foreach (var file in manifest.Files)
            CopyChecked(file);
        _copier.Sync();
        if (BackupVerification.Run(files, data, manifest.Head.Media, output) > 0)
            throw new InvalidDataException("the back-up's files are as they were written, but they are no sound ledger (see above)");
        MakeTiles(manifest);

        RestoredMarker.Write(files, data, RestoredState.ReadOnly, FormattableString.Invariant(
            $"{manifest.Head.Size} entries of {manifest.Head.Origin}, backed up {manifest.Head.At:u}, restored {time.GetUtcNow():u}; 'ingest open-new-origin' makes it writable"));
        output.WriteLine($"restored {manifest.Head.Size} entries of {manifest.Head.Origin}; 'ingest run' starts read only until 'ingest open-new-origin'");
        if (!manifest.Head.Media)
            output.WriteLine("the back-up holds no media objects: 'ingest verify' will name each of them");
    }

    private bool IsInUse() =>
        (Directory.Exists(data.Data) && Directory.EnumerateFileSystemEntries(data.Data).Any())
        // The same behind a file seam that is no real disk.
        || new[] { data.Data, data.Root, data.Segments, data.Keys }.Any(d => files.EnumerateFiles(d).Count > 0);

    private void CopyChecked(BackupFile file)
    {
        var from = Path.Combine(source, file.Path);
        if (!files.Exists(from))
            throw new InvalidDataException($"'{from}' is missing: the back-up is not whole");
        var (bytes, hash) = _copier.Copy(from, Path.Combine(data.Data, file.Path));
        if (bytes != file.Bytes || hash != file.Sha256)
            throw new InvalidDataException($"'{from}' has {bytes} bytes with SHA-256 {hash}, the back-up was made with {file.Bytes} bytes and {file.Sha256}");
    }

    private void MakeTiles(BackupManifest manifest)
    {
        // Opened as the service will open it: what it cannot open is not restored.
        var origins = LedgerOriginsFile.Read(files, data)!; // verified just now
        using var segments = SegmentReader.OpenReadOnly(files, data.Segments);
        var signed = SignedNotes.Open(files, data.LastSigned, origins[^1].VerifierKey);
        if (signed.Checkpoint.Size != manifest.Head.Size || signed.Checkpoint.Root.ToString() != manifest.Head.Root)
            throw new InvalidDataException($"'{data.LastSigned}' is not the checkpoint the back-up was made up to");
        RestoredTiles.Ensure(new Ledger.Merkle.TileStore(files, data.Public, segments), segments, signed.Checkpoint, NullLogger.Instance);
    }
}
