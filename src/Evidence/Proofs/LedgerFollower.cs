using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Evidence;

/// <summary>
/// What one reader knows of one ledger: the last checkpoint he accepted. Pure state, one owner; whoever holds it stores
/// <see cref="LastNote"/> durably before he acts on it, and starts again from there.
/// </summary>
public sealed class LedgerFollower
{
    private readonly NoteVerifier _verifier;

    private LedgerFollower(NoteVerifier verifier) => _verifier = verifier;

    /// <summary>Origin and name of the ledger's key: one string, so that a key of one ledger cannot speak for another.</summary>
    public string Origin => _verifier.Name;

    public Checkpoint? Last { get; private set; }

    /// <summary>The note <see cref="Last"/> came in, verbatim.</summary>
    public ReadOnlyMemory<byte> LastNote { get; private set; }

    /// <summary>False when the verifier key is malformed or not the origin's, or the stored note does not verify.</summary>
    /// <param name="origin">The ledger's origin.</param>
    /// <param name="verifierKey">The ledger's key in vkey form.</param>
    /// <param name="storedNote">The last accepted note; empty at the very first.</param>
    /// <param name="follower">The follower.</param>
    public static bool TryCreate(
        string origin, string verifierKey, ReadOnlySpan<byte> storedNote, [NotNullWhen(true)] out LedgerFollower? follower)
    {
        follower = null;
        if (!NoteVerifier.TryParse(verifierKey, out var verifier) || verifier.Name != origin)
            return false;
        var created = new LedgerFollower(verifier);
        if (!storedNote.IsEmpty && created.Accept(storedNote, []) != CheckpointFinding.Consistent)
            return false;
        follower = created;
        return true;
    }

    /// <summary>The checkpoint in a note that the ledger's key signed, without taking it: to learn which proof to ask for.</summary>
    public CheckpointFinding Open(ReadOnlySpan<byte> note, out Checkpoint? checkpoint)
    {
        checkpoint = null;
        switch (SignedNote.Open(note, [_verifier], out var opened))
        {
            case NoteFinding.Verified:
                break;
            case NoteFinding.NoKnownKey:
                return CheckpointFinding.UnknownKey;
            case NoteFinding.BadSignature:
                return CheckpointFinding.BadSignature;
            case NoteFinding.Malformed:
            case NoteFinding.AmbiguousVerifiers:
            default:
                return CheckpointFinding.Malformed;
        }

        if (!Checkpoint.TryParse(opened!.Text.Span, out var parsed)) // Set whenever the finding is Verified.
            return CheckpointFinding.Malformed;
        if (parsed.Origin != Origin)
            return CheckpointFinding.WrongOrigin;
        checkpoint = parsed;
        return CheckpointFinding.Consistent;
    }

    /// <summary>Takes a checkpoint that is proved to continue the last one. The proof is empty at the first, at an equal size, and from size 0.</summary>
    public CheckpointFinding Accept(ReadOnlySpan<byte> note, ReadOnlySpan<Sha256Hash> consistencyProof)
    {
        var finding = Open(note, out var next);
        if (finding != CheckpointFinding.Consistent)
            return finding;
        finding = Judge(next!, consistencyProof); // Set whenever the finding is Consistent.
        if (finding != CheckpointFinding.Consistent)
            return finding;
        Last = next;
        LastNote = note.ToArray();
        return finding;
    }

    private CheckpointFinding Judge(Checkpoint next, ReadOnlySpan<Sha256Hash> proof)
    {
        if (next.Size == 0 && next.Root != MerkleHashing.EmptyRoot)
            return CheckpointFinding.Forked;
        if (Last is null || (Last.Size == 0 && next.Size > 0))
            return proof.IsEmpty ? CheckpointFinding.Consistent : CheckpointFinding.NotProven;
        if (next.Size < Last.Size)
            return CheckpointFinding.Smaller;
        if (next.Size == Last.Size)
            return next.Root == Last.Root ? CheckpointFinding.Consistent : CheckpointFinding.Forked;
        return ProofVerifier.VerifyConsistency(Last.Size, Last.Root, next.Size, next.Root, proof)
            ? CheckpointFinding.Consistent
            : CheckpointFinding.NotProven;
    }
}
