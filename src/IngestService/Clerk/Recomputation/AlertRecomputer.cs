using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Clerk.Policies;
using EdgeEnforcement.IngestService.Clerk.State;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Projections.Runtime;

namespace EdgeEnforcement.IngestService.Clerk.Recomputation;

/// <summary>
/// Which reports of the front end an entry lets the clerk decide again, and what comes out. It reads the ledger as it was at that entry: a
/// record found beyond it is not there yet, so a second decision after a crash finds the same.
/// </summary>
/// <remarks>
/// A report that opens an alert is recomputed at once. Where the rule set or a record it quotes has not come (its lane is slower: alerts go
/// first), the fact says WAITING and names them; each of them that comes is looked at, and the one that makes it whole is the cause of the
/// second fact, the last of this report.
/// </remarks>
internal sealed class AlertRecomputer(ClerkLedger ledger, RuleSetShelf shelf)
{
    /// <param name="entry">Folded already; Record is null where only its identity is of interest.</param>
    /// <param name="facts">What was decided of it.</param>
    /// <param name="lookup">State after it.</param>
    public IEnumerable<Record> Decide(ProjectedEntry entry, IReadOnlyList<Record> facts, ClerkLookup lookup)
    {
        bool opens = entry.Leaf.Origin == LeafOrigin.Producer && facts.Any(fact => fact.AlertOpened is not null);
        if (opens && FrontEndReport.Of(entry.Index, entry.Record) is { } report)
            yield return Decide(report, entry.Index, lookup);
        foreach (ulong waiting in Waiting(entry, lookup))
        {
            if (Read(waiting) is { } earlier && Decide(earlier, entry.Index, lookup) is var fact && fact.AlertRecomputed.Outcome != RecomputeOutcome.Waiting)
                yield return fact;
        }
    }

    private static IEnumerable<ulong> Waiting(ProjectedEntry entry, ClerkLookup lookup)
    {
        if (entry.Record?.RuleSetActivated is { } activated)
            return lookup.WaitingForRuleSet(entry.Leaf.Producer, activated.Sha256.Memory);
        return lookup.IsAwaited(entry.Leaf) ? lookup.WaitingForRecord(entry.Leaf) : [];
    }

    // Null: erased since; its alert is gone with it.
    private FrontEndReport? Read(ulong index) => FrontEndReport.Of(
        index, EntryDecoder.Decode(ledger.Reader.Read(new EntryIndex(index)), type => type == Record.BodyOneofCase.FieldAlert).Record);

    private Record Decide(FrontEndReport report, ulong through, ClerkLookup lookup)
    {
        RecordedState state = RecordedState.Missing;
        RuleSet? rules = null;
        if (lookup.Activation(report.Identity, report.Alert.Basis.RuleSetSha256.Memory) is { } activation)
        {
            rules = shelf.Read(activation, out bool isErased);
            state = isErased ? RecordedState.Erased : RecordedState.There;
        }
        return AlertRecomputationRule.Decide(
            report, new Cause { EntryIndex = through, Rule = AlertRecomputationRule.Id }, state, rules, identity => Find(identity, through));
    }

    private RecordedContent Find(RecordIdentity identity, ulong through)
    {
        if (ledger.Places.Find(identity) is not { } index || index.Value > through)
            return new RecordedContent(RecordedState.Missing, null);
        LedgerEntry stored = ledger.Reader.Read(index);
        return stored.IsErased
            ? new RecordedContent(RecordedState.Erased, null)
            : new RecordedContent(RecordedState.There, EntryDecoder.Decode(stored, type => type is Record.BodyOneofCase.ReadingBatch or Record.BodyOneofCase.DeviceEvent).Record);
    }
}
