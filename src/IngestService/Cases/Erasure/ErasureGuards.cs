using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases.Erasure;

/// <summary>
/// Which entries may be named in a request. What the ledger's own trust rests on stays for ever; a fact goes with what it is about and
/// is not named by itself.
/// </summary>
internal static class ErasureGuards
{
    private static readonly Dictionary<int, string> Kept = new()
    {
        [Record.EpochStartFieldNumber] = "a start of numbering: gaps and copies are told by it",
        [Record.GapCertificateFieldNumber] = "a gap certificate: it is all that is known of the gap",
        [Record.ProducerRegisteredFieldNumber] = "the registration of a key: signatures are checked by it",
        [Record.TailCutFieldNumber] = "the ledger's own word on a cut",
        [Record.IdentityConflictFieldNumber] = "the ledger's own word on a conflict; it quotes nothing",
        [Record.CaseOpenedFieldNumber] = "the opening of a case: its file is kept while the case is",
        [Record.ErasureRequestedFieldNumber] = "a record of an erasure",
        [Record.ErasureApprovedFieldNumber] = "a record of an erasure",
        [Record.ErasureWithdrawnFieldNumber] = "a record of an erasure",
        [Record.ErasedFieldNumber] = "a deletion leaf",
        [Record.RegisterChangedFieldNumber] = "a register that guards rest on",
        [Record.RegisterImportPartFieldNumber] = "a register that guards rest on",
        [Record.RegisterImportedFieldNumber] = "a register that guards rest on",
        [Record.InspectionActedFieldNumber] = "an act of an inspection: its file is kept with its retention class",
        [Record.IdentityRevealedFieldNumber] = "the word on who looked at a number; it does not repeat it",
    };

    // By number, so that a type that is added is not erasable until somebody has thought about it. 0 is an envelope nobody can read.
    private static readonly HashSet<int> Erasable =
    [
        0, Record.AgentStatusFieldNumber, Record.PermanentRefusalFieldNumber, Record.FieldAlertFieldNumber, Record.MediaManifestFieldNumber,
        Record.MediaLabelFieldNumber, Record.CustodyEventFieldNumber, Record.ReadingBatchFieldNumber, Record.RecordQuarantinedFieldNumber,
        Record.AlertOpenedFieldNumber, Record.ObjectRegisterChangedFieldNumber,
    ];

    /// <summary>Null when it may be named.</summary>
    public static RefusalDetail? Of(LedgerEntry entry)
    {
        if (entry.IsErased)
            return new RefusalDetail(RefusalCode.Erased, $"entry {entry.Index} is erased already");
        if (Kept.TryGetValue(entry.Leaf.Type, out string? why))
            return new RefusalDetail(RefusalCode.NotPermitted, $"entry {entry.Index} cannot be erased: it is {why}");
        if (!Erasable.Contains(entry.Leaf.Type))
            return new RefusalDetail(RefusalCode.NotPermitted,
                $"entry {entry.Index} (type {entry.Leaf.Type}) goes with the file or alert it is about: request that one");
        return entry.Leaf.Flags.HasFlag(LeafFlags.Conflict)
            ? new RefusalDetail(RefusalCode.NotPermitted,
                $"entry {entry.Index} is a conflict entry: request the record it contradicts, and it goes with it")
            : null;
    }
}
