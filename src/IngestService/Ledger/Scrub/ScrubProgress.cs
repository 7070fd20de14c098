using EdgeEnforcement.IngestService.Ledger.Verify;

namespace EdgeEnforcement.IngestService.Ledger.Scrub;

/// <summary>The last of the verifications: what it sees, the others have compared. Notes how far the round is, and now and then on disk.</summary>
internal sealed class ScrubProgress(
    ScrubStatus status, ScrubCursor cursor, TreeVerification tree, MediaVerification media, ReadBudget budget, TimeProvider time) : IVerification
{
    // A crash repeats at most this much reading; a write every half minute is nothing beside it.
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(30);

    private readonly ScrubState _before = status.State;
    private long _saved = time.GetTimestamp();

    public void Begin(VerificationReport report)
    {
    }

    public void Entry(VerifiedEntry entry)
    {
        // With a hole in the tree there is no root to go on from.
        if (tree.Size != entry.Index + 1)
            return;
        status.State = status.State with
        {
            Position = entry.Index + 1, Bytes = _before.Bytes + budget.Bytes, MediaObjects = _before.MediaObjects + media.ObjectCount,
        };
        if (time.GetElapsedTime(_saved) < SaveEvery)
            return;
        Save();
    }

    public void End(bool complete)
    {
    }

    private void Save()
    {
        status.State = status.State with { Root = tree.Root().ToString() };
        cursor.Write(status.State);
        _saved = time.GetTimestamp();
    }
}
