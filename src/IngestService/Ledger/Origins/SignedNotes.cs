using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Origins;

/// <summary>Opens a checkpoint by its public key alone, where nothing is to be signed.</summary>
internal static class SignedNotes
{
    /// <exception cref="LedgerFatalException">There is none, or the key did not sign it.</exception>
    public static SignedCheckpoint Open(IFileSystem files, string path, string verifierKey) =>
        DurableFile.Read(files, path) is { } note && TryOpen(note, verifierKey) is { } signed
            ? signed
            : throw new LedgerFatalException($"'{path}' is not a checkpoint signed by {verifierKey}");

    public static SignedCheckpoint? TryOpen(ReadOnlyMemory<byte> note, string verifierKey) =>
        NoteVerifier.TryParse(verifierKey, out var verifier)
        && SignedNote.Open(note.Span, [verifier], out var opened) == NoteFinding.Verified && opened is not null
        && Checkpoint.TryParse(opened.Text.Span, out var checkpoint) && checkpoint.Origin == verifier.Name
            ? new SignedCheckpoint(checkpoint, note)
            : null;
}
