using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Projections.Procedure;

/// <summary>The verifier folds the ledger again, in other batches than the service did, and names every value that differs.</summary>
public sealed class BatchingTests : IDisposable
{
    // Where the kit's walk counts its entries from.
    private const int OpenedAt = 999;

    private readonly string _folder = Directory.CreateTempSubdirectory("batching-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(ProcedureState.B4Suspended)]
    [InlineData(ProcedureState.D1Defence)]
    [InlineData(ProcedureState.F0Performing)]
    [InlineData(ProcedureState.G1Archived)]
    public void EntryByEntry_AndAllAtOnce_GiveTheSameTables(ProcedureState state)
    {
        MemoryLedger ledger = Tell(state);

        using SqliteFile one = Fold(ledger, "one", batchEntries: 1), all = Fold(ledger, "all", batchEntries: int.MaxValue);

        using SqliteReadLease found = one.Rent(), expected = all.Rent();
        List<string> differences = [];
        long rows = new TableComparison(found, expected, differences.Add).Run();
        Assert.Empty(differences);
        Assert.True(rows > 1, $"{rows} rows");
        Assert.Equal(state == ProcedureState.G1Archived ? 0 : 2, found.Number("SELECT count(*) FROM case_handler"));
        Assert.Equal(state, new ProcedureReader(one).Find(Crew.CaseId)!.State);
    }

    private static MemoryLedger Tell(ProcedureState state)
    {
        Walk walk = Walks.To(state);
        MemoryLedger ledger = new();
        while (ledger.DurableSize < OpenedAt)
            ledger.Append("agent-1", record => record.FieldAlert("e1"));
        ledger.AppendFact(LeafOrigin.Operator, new Record
        {
            CaseOpened = new CaseOpened
            {
                CaseId = Crew.CaseId, Number = "1", Title = "案", Domain = walk.Case.Domain, HandlingUnitId = Crew.Team, AlertEvidence = Walk.Footage(), Place = "某桥",
            },
        });
        foreach ((ProcedureActed fact, ulong entry, _) in walk.Facts)
            Assert.Equal(entry, ledger.AppendFact(LeafOrigin.Operator, new Record { ProcedureActed = fact }));
        foreach (ClockReached reached in ClockPolicy.Reached(walk.Case, walk.Now.AddDays(50)))
            ledger.AppendFact(LeafOrigin.Ledger, new Record { ClockReached = reached });
        return ledger;
    }

    private SqliteFile Fold(MemoryLedger ledger, string name, int batchEntries)
    {
        SqliteFile file = new(Path.Combine(_folder, name + ".db"));
        using ProjectionFold fold = new(file, new ProcedureProjection(), 0);
        foreach (LedgerEntry[] batch in ledger.Entries.Chunk(batchEntries))
        {
            foreach (LedgerEntry entry in batch)
                fold.Take(entry);
            fold.Flush();
        }

        return file;
    }
}
