using System.Globalization;
using System.Text;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>
/// What a lawful deletion takes from the store. The manifest's content hash is erased with the manifest, so before the deletion leaf a
/// note is made durable: DATA/media/erasing/&lt;manifest&gt;, one line "&lt;SHA-256&gt; erase" or "&lt;SHA-256&gt; keep" (another manifest promises the
/// same bytes). Whether it is obeyed or thrown away the ledger alone decides: an entry that is erased, or one that is not. A crash at any
/// point leaves the note, and the next start comes through <see cref="Finish"/> again before any door opens.
/// </summary>
internal sealed class MediaErasure(IFileSystem files, MediaPaths paths, ILedgerReader ledger)
{
    private const string KeepWord = " keep";
    private const string EraseWord = " erase";

    public void Plan(IReadOnlyList<ManifestFacts> manifests, Func<ManifestFacts, bool> isPromisedElsewhere)
    {
        if (manifests.Count == 0)
            return;
        files.CreateDirectory(paths.ErasingDirectory);
        foreach (var manifest in manifests)
        {
            var note = manifest.Content + (isPromisedElsewhere(manifest) ? KeepWord : EraseWord);
            DurableFile.Write(files, paths.Erasing(manifest.Index), Encoding.ASCII.GetBytes(note));
        }
        files.SyncDirectory(paths.ErasingDirectory);
    }

    public void Finish()
    {
        foreach (var name in files.EnumerateFiles(paths.ErasingDirectory))
        {
            var path = Path.Combine(paths.ErasingDirectory, name);
            // A note that was not whole when the power went is of a deletion that never came.
            if (ulong.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < ledger.DurableSize && ledger.Read(new EntryIndex(index)).IsErased)
                Obey(index, Encoding.ASCII.GetString(DurableFile.Read(files, path) ?? []));
            FileErasure.Erase(files, path);
        }
    }

    private void Obey(ulong index, string note)
    {
        foreach (var directory in new[] { paths.IncomingDirectory(index), paths.QuarantineDirectory })
        {
            foreach (var name in files.EnumerateFiles(directory))
                if (directory != paths.QuarantineDirectory || name.StartsWith(MediaPaths.QuarantinePrefix(index), StringComparison.Ordinal))
                    FileErasure.Erase(files, Path.Combine(directory, name));
            SyncNames(directory);
        }
        if (!note.EndsWith(EraseWord, StringComparison.Ordinal) || !Sha256Hash.TryParse(note[..^EraseWord.Length], out var content))
            return;
        FileErasure.Erase(files, paths.Object(content));
        SyncNames(paths.ObjectDirectory(content));
    }

    /// <summary>
    /// A process that was killed between an unlink and its sync left a name that is not seen and would come back with the power, after the
    /// note that speaks of it is gone; and the name of an object is a digest of what was erased.
    /// </summary>
    private void SyncNames(string directory)
    {
        if (files.EnumerateDirectories(DurableFile.DirectoryOf(directory)).Contains(Path.GetFileName(directory)))
            files.SyncDirectory(directory);
    }
}
