using System.Globalization;
using EdgeEnforcement.IngestService.Ledger.Append;
using EdgeEnforcement.IngestService.Ledger.Recovery;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Verify;

/// <summary>
/// The derived files beside the segments: each is whole and of the place its name says. A start does not use one that is not, and
/// makes it again; it is named all the same, because what damaged it may have damaged more. Also names what does not belong among the
/// segments.
/// </summary>
internal sealed class SnapshotVerification(IFileSystem files, LedgerPaths paths) : IVerification
{
    private const string WriterLock = "writer.lock";

    public void Begin(VerificationReport report)
    {
        foreach (var name in files.EnumerateFiles(paths.Snapshots))
            Check(name, report);
        foreach (var name in files.EnumerateFiles(paths.Segments))
            if (name != WriterLock && !name.EndsWith(".seg", StringComparison.Ordinal) && !name.EndsWith(".seg.new", StringComparison.Ordinal))
                report.Difference(Path.Combine(paths.Segments, name), null, null, "it does not belong among the segments");
    }

    private void Check(string name, VerificationReport report)
    {
        var path = Path.Combine(paths.Snapshots, name);
        if (name.EndsWith(DurableFile.UnfinishedExtension, StringComparison.Ordinal))
            return;
        if (DurableFile.Read(files, path) is not { } bytes)
            return; // the service made room for a newer one
        var sound = ulong.TryParse(Path.GetFileNameWithoutExtension(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Path.GetExtension(name) switch
            {
                SnapshotDirectory.SealedExtension => SealedSegmentFormat.IsSound(bytes, number),
                SnapshotDirectory.StateExtension => SequencerSnapshot.IsSound(bytes, number),
                _ => false,
            };
        if (!sound)
            report.Difference(path, null, null, "the snapshot does not check, or is of another place; the next start does without it");
    }

    public void Entry(VerifiedEntry entry)
    {
    }

    public void End(bool complete)
    {
    }
}
