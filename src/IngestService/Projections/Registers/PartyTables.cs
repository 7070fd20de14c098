using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Registers.Rules;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Registers;

/// <summary>By what records about parties are found: hashes of their numbers, names, and whose they are.</summary>
internal sealed class PartyTables
{
    private const string CheckedText = "register";

    private readonly SqliteStatement _number;
    private readonly SqliteStatement _name;
    private readonly SqliteStatement _owner;
    private readonly SqliteStatement _check;
    private readonly PartyNumberKey _key;

    /// <summary>Throws <see cref="InvalidDataException"/> where the file was hashed under another key: it is folded again.</summary>
    public PartyTables(StatementSet statements, PartyNumberKey key)
    {
        _number = statements.Prepare("INSERT OR IGNORE INTO party_number VALUES ($1, $2, $3)");
        _name = statements.Prepare("INSERT OR IGNORE INTO party_name VALUES ($1, $2)");
        _owner = statements.Prepare("INSERT OR IGNORE INTO party_owner VALUES ($1, $2, $3)");
        _check = statements.Prepare("INSERT INTO key_check SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM key_check)");
        _key = key;
        byte[]? kept = statements.Prepare("SELECT hash FROM key_check").QueryOne(row => row.GetFieldValue<byte[]>(0));
        if (kept is not null && !kept.AsSpan().SequenceEqual(key.HashOf(CheckedText)))
            throw new InvalidDataException("numbers in the file were hashed under another key");
    }

    /// <returns>The change as the table may keep it: an identity number is masked in it, and stands in full in the ledger's entry alone.</returns>
    public RegisterChange Add(RegisterChange change, ulong entry)
    {
        foreach ((RegisterKind kind, string owner) in OwnersOf(change))
            _owner.Run(kind, owner, change.Id);
        if (change.EnforcementObject is not { } known)
            return change;
        foreach ((string number, _) in ObjectRules.Numbers(known))
        {
            _check.Run((ReadOnlyMemory<byte>)_key.HashOf(CheckedText));
            _number.Run((ReadOnlyMemory<byte>)_key.HashOf(number), change.Id, entry);
        }

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
