using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Origins;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Checkpoints;

/// <summary>
/// What this shard signed last, as the note itself, in a file of its own that is durable before the note is published. A ledger
/// that is shorter, or has another root at that size, is not the one that was signed.
/// </summary>
/// <param name="predecessorKey">While a new origin is opened, the key under which the previous one signed; else null.</param>
internal sealed class SignedState(IFileSystem files, LedgerPaths paths, NoteSigner signer, string? predecessorKey = null)
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
        if (SignedNotes.TryOpen(note, signer.VerifierKey) is { } own)
            return own;
        if (predecessorKey is not null && SignedNotes.TryOpen(note, predecessorKey) is { } predecessor)
            return predecessor;
        if (SignedNote.TryParse(note, out var stranger) && Checkpoint.TryParse(stranger.Text.Span, out var checkpoint) && checkpoint.Origin != signer.Name)
            throw new LedgerFatalException($"'{path}' is of origin '{checkpoint.Origin}', the service is set to '{signer.Name}'");
        throw new LedgerFatalException($"'{path}' is not a checkpoint signed by this shard's key ({signer.VerifierKey})");
    }

    /// <summary>Signs, makes the signature durable, then publishes it.</summary>
    public SignedCheckpoint Sign(ulong size, Sha256Hash root)
    {
        var checkpoint = new Checkpoint(signer.Name, size, root);
        var signed = new SignedCheckpoint(checkpoint, checkpoint.Sign(signer).Render());
        DurableFile.Replace(files, paths.LastSigned, signed.Note.Span);
        Publish(signed);
        return signed;
    }

    /// <summary>Also at start: a crash may have come between the two files.</summary>
    public void Publish(SignedCheckpoint signed) => DurableFile.Replace(files, paths.Checkpoint, signed.Note.Span);
}
