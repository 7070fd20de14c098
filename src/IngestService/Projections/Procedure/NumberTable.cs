using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Procedure.Numbers;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>Numbers as acts give them, blocks go out and voids come in. Its schema is procedure_numbers.sql.</summary>
internal sealed class NumberTable(StatementSet statements)
{
    private readonly SqliteStatement _lease = statements.Prepare("INSERT OR REPLACE INTO number VALUES ($1, $2, $3, $4, 1, $5, $6, '', '', '', $7)");
    private readonly SqliteStatement _block = statements.Prepare("INSERT OR REPLACE INTO number_block VALUES ($1, $2, $3, $4, $5, $6)");
    private readonly SqliteStatement _give = statements.Prepare("""
        INSERT INTO number VALUES ($1, $2, $3, $4, 2, $5, '', $6, $7, '', $8)
        ON CONFLICT DO UPDATE SET state = 2, text = $5, case_id = $6, subject = $7, entry_index = $8
        """);
    private readonly SqliteStatement _void = statements.Prepare("""
        INSERT INTO number VALUES ($1, $2, $3, $4, 3, $5, '', '', '', $6, $7)
        ON CONFLICT DO UPDATE SET state = 3, reason = $6, entry_index = $7
        """);

    public void Apply(ProjectedEntry entry, Record record)
    {
        if (entry.Leaf.Origin != LeafOrigin.Operator)
            return;
        switch (record)
        {
            case { NumberBlockLeased: { } leased }:
                Lease(entry.Index, leased);
                break;
            case { NumberVoided: { } gone }:
                _void.Run(gone.AgencyId, gone.Kind, gone.Year, gone.Ordinal, gone.Text, gone.Reason, entry.Index);
                break;
            case { ProcedureActed: { } acted }:
                foreach (GivenNumber given in acted.Numbers)
                {
                    if (NumberStream.Parse(given.Stream) is { } number)
                        _give.Run(number.AgencyId, number.Kind, number.Year, number.Ordinal, given.Text, acted.CaseId, given.Subject, entry.Index);
                }

                break;
        }
    }

    private void Lease(ulong entry, NumberBlockLeased leased)
    {
        NumberBlock block = leased.Block;
        _block.Run(leased.BlockId, block.AgencyId, leased.HolderKind, leased.Holder, (ReadOnlyMemory<byte>)block.ToByteArray(), entry);
        for (uint ordinal = block.First; ordinal <= block.Last; ordinal++)
        {
            _lease.Run(block.AgencyId, block.Kind, block.Year, ordinal,
                NumberPattern.Format(leased.Pattern, leased.AgencyShortName, (int)block.Year, ordinal), leased.BlockId, entry);
        }
    }
}
