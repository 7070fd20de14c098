using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.Benchmarks.Load.Cases;

/// <summary>
/// Cases that are in no ledger, written into the projection's file by its own tables: what thirty acts fold to, whole. The cursor stays where it is, so
/// the service takes the file for its own.
/// </summary>
internal static class FoldedCases
{
    private const int PerCommit = 5_000;

    // Above every entry there is, so that newest and oldest are told apart.
    private const ulong FirstEntry = 1_000_000_000;

    public static void Add(SqliteFile file, CaseVariants variants, int from, int until, ulong lastEntry)
    {
        using Microsoft.Data.Sqlite.SqliteConnection writer = file.OpenWriter();
        using StatementSet statements = new(writer);
        CaseTable cases = new(statements);
        ClockTable clocks = new(statements);
        NumberTable numbers = new(statements);
        SqliteStatement begin = statements.Prepare("BEGIN IMMEDIATE"), commit = statements.Prepare("COMMIT");
        foreach (int[] part in Enumerable.Range(from, until - from).Chunk(PerCommit))
        {
            begin.Run();
            foreach (CaseIds ids in part.Select(index => new CaseIds(index)))
            {
                CaseVariant variant = variants.Of(ids);
                ulong entry = FirstEntry + (ulong)ids.Index;
                cases.Open(variant.Case(ids), entry, variant.UpdatedMicros);
                clocks.Moved(ids.CaseId, lastEntry);
                Record given = new() { ProcedureActed = variant.Numbers(ids) };
                numbers.Apply(EntryDecoder.Decode(FactEntry.Of(given, entry, LeafOrigin.Operator, variant.UpdatedMicros), _ => true), given);
            }

            clocks.Write(cases.Met);
            cases.Write();
            commit.Run();
        }
    }
}
