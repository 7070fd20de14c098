using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Origins;
using EdgeEnforcement.IngestService.Ledger.Verify;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Backup;

/// <summary>Reads a back-up, or what was restored from one, as 'ingest verify' does. Tiles are derived and not looked at.</summary>
internal static class BackupVerification
{
    /// <returns>The number of differences, each of which was named.</returns>
    public static int Run(IFileSystem files, LedgerPaths paths, bool withMedia, TextWriter output)
    {
        var report = new VerificationReport(output);
        var origins = LedgerOriginsFile.Read(files, paths);
        var verifier = origins is not null && NoteVerifier.TryParse(origins[^1].VerifierKey, out var key) ? key : null;
        if (verifier is null)
            report.Difference(paths.Origins, null, null, "there is no record of the origin and its key");
        var tree = new TreeVerification(files, paths, verifier, withTiles: false);
        List<IVerification> all = [new IdentityVerification(), tree];
        if (withMedia)
            all.Add(new MediaVerification(files, Path.Combine(paths.Data, "media", "objects")));
        var ledger = new LedgerVerifier(files, paths, all, () => tree.SignedSize, report);
        ledger.Run();
        if (report.DifferenceCount == 0)
            output.WriteLine($"verified: {ledger.EntryCount} entries under the checkpoint of {tree.SignedSize}");
        return report.DifferenceCount;
    }
}
