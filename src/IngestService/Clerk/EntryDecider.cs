using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Clerk.CentreRules;
using EdgeEnforcement.IngestService.Clerk.Policies;
using EdgeEnforcement.IngestService.Clerk.Recomputation;
using EdgeEnforcement.IngestService.Clerk.State;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;

namespace EdgeEnforcement.IngestService.Clerk;

/// <summary>
/// One entry to the facts that follow from it, with everything they follow from: the state in clerk.db and that of the centre's rules. The two
/// are at the same position whenever a batch has come to its end; only then is either saved.
/// </summary>
internal sealed class EntryDecider(ClerkFile file, CentreDetection detection, AlertRecomputer recomputer, ILedgerReader ledger) : IDisposable
{
    public ClerkFile File => file;

    /// <summary>There is something in it to fold or to judge. Own facts were folded when they were decided.</summary>
    public bool Concerns(LedgerEntry entry) => IsToBeFolded(entry) || detection.Concerns(entry);

    /// <summary>The state in clerk.db changes with it; what rules only look at changes it by its facts alone.</summary>
    public bool IsToBeFolded(LedgerEntry entry) => entry.Leaf.Origin != LeafOrigin.Clerk
        && (EntryDecoder.HasWanted(entry, ClerkPolicy.Wants) || file.Lookup.IsAwaited(entry.Leaf) || file.Said?.Entry == entry.Index.Value);

    /// <summary>All of an entry before the first of them is folded.</summary>
    public IReadOnlyList<Record> Decide(LedgerEntry stored)
    {
        bool isJudged = detection.Concerns(stored);
        ProjectedEntry entry = EntryDecoder.Decode(stored, type => ClerkPolicy.Wants(type) || (isJudged && CentreDetection.IsJudged(type)));
        file.State.Fold(entry);
        IReadOnlyList<Record> facts = ClerkPolicy.Decide(entry, file.Lookup);
        List<Record> all = [.. facts, .. recomputer.Decide(entry, facts, file.Lookup)];
        if (isJudged)
        {
            ClerkCause cause = ClerkCause.Of(entry, entry.Record ?? new Record());
            all.AddRange(CentreAlertRule.Decide(detection.Judge(stored, entry), cause, file.Lookup.IsAlertOpen));
        }
        return all;
    }

    /// <summary>Nothing up to here changed clerk.db.</summary>
    public void PassOver(LedgerEntry last)
    {
        file.PassOver(last);
        detection.PassTo(file.Position);
        SaveWhenDue();
    }

    /// <summary>The file's position moved to the end of a batch.</summary>
    public void Committed()
    {
        detection.PassTo(file.Position);
        SaveWhenDue();
    }

    /// <summary>On return a start goes on from here; where a batch was broken off, from its beginning.</summary>
    public void Save()
    {
        file.SavePosition();
        if (detection.Position == file.Position)
            detection.Save(ledger);
    }

    public void Dispose() => file.Dispose();

    private void SaveWhenDue()
    {
        if (detection.IsToBeSaved)
            Save();
    }
}
