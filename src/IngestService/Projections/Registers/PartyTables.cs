using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Registers.Rules;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Registers;

/// <summary>By what records about parties are found: hashes of their numbers, names, and whose they are.</summary>
internal sealed class PartyTables(StatementSet statements, PartyNumberKey key)
{
    private readonly SqliteStatement _number = statements.Prepare("INSERT OR IGNORE INTO party_number VALUES ($1, $2, $3)");
    private readonly SqliteStatement _name = statements.Prepare("INSERT OR IGNORE INTO party_name VALUES ($1, $2)");
    private readonly SqliteStatement _owner = statements.Prepare("INSERT OR IGNORE INTO party_owner VALUES ($1, $2, $3)");

    /// <returns>The change as the table may keep it: an identity number is masked in it, and stands in full in the ledger's entry alone.</returns>
    public RegisterChange Add(RegisterChange change, ulong entry)
    {
        foreach ((RegisterKind kind, string owner) in OwnersOf(change))
            _owner.Run(kind, owner, change.Id);
        if (change.EnforcementObject is not { } known)
            return change;
        foreach ((string number, _) in ObjectRules.Numbers(known))
            _number.Run((ReadOnlyMemory<byte>)key.HashOf(number), change.Id, entry);
        if (known.Name.Length > 0)
            _name.Run(known.Name, change.Id);
        if (known.IdentityNumber.Length == 0)
            return change;
        RegisterChange masked = change.Clone();
        masked.EnforcementObject.IdentityNumber = IdentityNumber.Mask(known.IdentityNumber);
        return masked;
    }

    private static IEnumerable<(RegisterKind, string)> OwnersOf(RegisterChange change) => change switch
    {
        { ObjectMerge: { } merge } => [(RegisterKind.ObjectMerge, merge.FromObjectId), (RegisterKind.ObjectMerge, merge.IntoObjectId)],
        { ObjectLink: { } link } => [(RegisterKind.ObjectLink, link.ObjectId)],
        { Penalty: { } penalty } => [(RegisterKind.Penalty, penalty.ObjectId)],
        _ => [],
    };
}
