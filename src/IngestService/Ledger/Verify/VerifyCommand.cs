using System.Security.Cryptography;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger.Origins;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Verify;

/// <summary>'ingest verify DATA': the last line says OK or how many differences there are.</summary>
internal static class VerifyCommand
{
    /// <param name="verifierKey">Null: the key that lies beside the ledger. An auditor brings the one he pinned.</param>
    /// <param name="more">Comparisons of other modules.</param>
    public static ExitCode Run(IFileSystem files, LedgerPaths paths, string? verifierKey, TextWriter output, params IReadOnlyList<IVerification> more)
    {
        var report = new VerificationReport(output);
        var verifier = VerifierOf(files, paths, verifierKey, report);
        var tree = new TreeVerification(files, paths, verifier);
        var media = new MediaVerification(files, paths.MediaObjects);
        var ledger = new LedgerVerifier(files, paths, [new IdentityVerification(), tree, media, new SnapshotVerification(files, paths), .. more], () => tree.SignedSize, report);
        ledger.Run();

        if (report.DifferenceCount > 0)
        {
            output.WriteLine($"{report.DifferenceCount} differences in {ledger.EntryCount} entries");
            return ExitCode.Failed;
        }
        output.WriteLine($"OK: {ledger.EntryCount} entries, {tree.TileCount} tile files, {media.ObjectCount} media objects");
        return ExitCode.Ok;
    }

    private static NoteVerifier? VerifierOf(IFileSystem files, LedgerPaths paths, string? verifierKey, VerificationReport report)
    {
        if (verifierKey is not null)
        {
            if (NoteVerifier.TryParse(verifierKey, out var given))
                return given;
            report.Difference("--vkey", null, null, "it is not a verifier key");
            return null;
        }
        if (OriginsOf(files, paths, report) is { } origins)
            return NoteVerifier.TryParse(origins[^1].VerifierKey, out var own) ? own : null;
        if (!File.Exists(paths.CheckpointKey) || !File.Exists(paths.LastSigned))
        {
            report.Note("no key lies beside the ledger: signatures are not checked");
            return null;
        }

        // The name of the key is the origin, which the note itself gives; the key decides whether it verifies.
        if (ReadKey(paths, report) is not { } key)
            return null;
        using (key)
            return SignedNote.TryParse(File.ReadAllBytes(paths.LastSigned), out var note) && Checkpoint.TryParse(note.Text.Span, out var checkpoint)
                && NoteVerifier.TryParse(new NoteSigner(checkpoint.Origin, key).VerifierKey, out var verifier)
                ? verifier : null;
    }

    private static SigningKey? ReadKey(LedgerPaths paths, VerificationReport report)
    {
        try
        {
            var text = File.ReadAllText(paths.CheckpointKey);
            var key = SigningKey.FromPem(text);
            if (key.ToPem() != text)
                report.Difference(paths.CheckpointKey, null, null, "the key can be read, but its text is not as it was written");
            return key;
        }
        catch (CryptographicException e)
        {
            report.Difference(paths.CheckpointKey, null, null, e.InnerException?.Message ?? e.Message);
            return null;
        }
    }

    private static IReadOnlyList<LedgerOrigin>? OriginsOf(IFileSystem files, LedgerPaths paths, VerificationReport report)
    {
        try
        {
            return LedgerOriginsFile.Read(files, paths);
        }
        catch (LedgerFatalException e)
        {
            report.Difference(paths.Origins, null, null, e.Message);
            return null;
        }
    }
}
