using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Checkpoints;

/// <summary>
/// What this shard signed last, as the note itself, in a file of its own that is durable before the note is published. A ledger
/// that is shorter, or has another root at that size, is not the one that was signed.
/// </summary>
internal sealed class SignedState(IFileSystem files, LedgerPaths paths, string origin, NoteSigner signer)
{
    /// <summary>Null on a ledger that never signed. What is returned is durable: it is published next.</summary>
    public SignedCheckpoint? Read()
    {
        var signed = Open(DurableFile.ReadDurable(files, paths.LastSigned), paths.LastSigned);
        var published = Open(DurableFile.Read(files, paths.Checkpoint), paths.Checkpoint);
        if (published is not null && (signed is null || published.Checkpoint.Size > signed.Checkpoint.Size))
            throw new LedgerFatalException(
                $"'{paths.Checkpoint}' publishes size {published.Checkpoint.Size}, but '{paths.LastSigned}' says "
                + (signed is null ? "nothing was signed" : $"{signed.Checkpoint.Size} was signed last") + ": state files were lost or replaced");
        return signed;
    }

    private SignedCheckpoint? Open(byte[]? note, string path)
    {
        if (note is null)
            return null;
        if (!NoteVerifier.TryParse(signer.VerifierKey, out var verifier)
            || SignedNote.Open(note, [verifier], out var opened) != NoteFinding.Verified || opened is null
            || !Checkpoint.TryParse(opened.Text.Span, out var checkpoint))
            throw new LedgerFatalException($"'{path}' is not a checkpoint signed by this shard's key ({signer.VerifierKey})");
        if (checkpoint.Origin != origin)
            throw new LedgerFatalException($"'{path}' is of origin '{checkpoint.Origin}', the service is set to '{origin}'");
        return new SignedCheckpoint(checkpoint, note);
    }

    /// <summary>Signs, makes the signature durable, then publishes it.</summary>
    public SignedCheckpoint Sign(ulong size, Sha256Hash root)
    {
        var checkpoint = new Checkpoint(origin, size, root);
        var signed = new SignedCheckpoint(checkpoint, checkpoint.Sign(signer).Render());
        DurableFile.Replace(files, paths.LastSigned, signed.Note.Span);
        Publish(signed);
        return signed;
    }

    /// <summary>Also at start: a crash may have come between the two files.</summary>
    public void Publish(SignedCheckpoint signed) => DurableFile.Replace(files, paths.Checkpoint, signed.Note.Span);
}
