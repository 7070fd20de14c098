using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Clerk;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Verify;
using EdgeEnforcement.IngestService.Projections.Verify;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using EdgeEnforcement.IngestService.Tests.Clerk;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.SegmentLog;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Tests.Projections;

/// <summary>A value that changed in a table is found, with file, table, row and column, though SQLite finds nothing wrong with the file.</summary>
public sealed class ProjectionVerificationTests
{
    [Fact]
    public async Task Whole_tables_are_not_different_live_or_closed()
    {
        (MemoryLedger ledger, string data) = await FilledAsync();
        Assert.Empty(Verify(ledger, data));

        await using DeskHost live = await DeskHost.StartAsync(ledger, data);
        Assert.Empty(Verify(ledger, data));
    }

    [Fact]
    public async Task A_changed_value_in_any_column_of_any_table_is_named()
    {
        (MemoryLedger ledger, string data) = await FilledAsync();
        int columns = 0;
        foreach (string file in Databases(data))
        {
            // One file at a time: a report keeps a thousand findings.
            byte[] whole = File.ReadAllBytes(file);
            List<string> changed = [];
            foreach ((string table, List<(string Name, bool Key)> all) in Tables(file))
                foreach ((string column, bool key) in all)
                    if (!key && table is not ("cursor" or "clerk"))
                    {
                        Change(file, table, column);
                        changed.Add($"column {column} is");
                    }

            List<Finding> findings = Verify(ledger, data);
            Assert.DoesNotContain(changed, words => !findings.Any(f => f.File == file && f.What.Contains(words, StringComparison.Ordinal)));
            columns += changed.Count;
            File.WriteAllBytes(file, whole);
        }
        Assert.True(columns > 120, $"{columns} columns");
    }

    [Fact]
    public async Task A_changed_cursor_is_named()
    {
        (MemoryLedger ledger, string data) = await FilledAsync();
        foreach (string file in RebuildTests.Files(data))
            RebuildTests.Change(file, "UPDATE cursor SET position = position - 1");
        RebuildTests.Change(Path.Combine(data, "clerk.db"), "UPDATE clerk SET next_sequence = next_sequence + 1");

        List<Finding> findings = Verify(ledger, data);
        // The last entry of the story is one that at least one projection keeps; a cursor that is behind makes it a row too many.
        Assert.Contains(findings, f => f.File.EndsWith("fleet.db", StringComparison.Ordinal) || f.File.EndsWith("caseboard.db", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.File.EndsWith("clerk.db", StringComparison.Ordinal) && f.What.Contains("next_sequence", StringComparison.Ordinal));

        foreach (string file in RebuildTests.Files(data))
            RebuildTests.Change(file, "UPDATE cursor SET position = 1000000");
        RebuildTests.Change(Path.Combine(data, "clerk.db"), "UPDATE clerk SET position = -1");
        findings = Verify(ledger, data);
        foreach (string file in Databases(data))
            Assert.Contains(findings, f => f.File == file && f.What.Contains("it says", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_row_of_any_table_is_named()
    {
        (MemoryLedger ledger, string data) = await FilledAsync();
        List<(string File, string Table)> changed = [];
        foreach (string file in Databases(data))
            foreach ((string table, List<(string Name, bool Key)> columns) in Tables(file))
                if (table is not ("cursor" or "clerk"))
                {
                    string key = columns[0].Name;
                    RebuildTests.Change(file, $"DELETE FROM {table} WHERE {key} = (SELECT min({key}) FROM {table})");
                    changed.Add((file, table));
                }

        List<Finding> findings = Verify(ledger, data);
        foreach ((string file, string table) in changed)
            Assert.Contains(findings, f => f.File == file && f.What.StartsWith($"table {table}, row", StringComparison.Ordinal)
                && f.What.EndsWith("is missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_flipped_bit_anywhere_is_named_or_changes_no_row()
    {
        (MemoryLedger ledger, string data) = await FilledAsync(entries: 120);
        Random random = new(TestSeed.Next());
        string[] files = Databases(data);
        Dictionary<string, string> whole = files.ToDictionary(file => file, Dump);
        for (int round = 0; round < TestSeed.Times(30, 5000); round++)
        {
            string copy = Directory.CreateTempSubdirectory("desk-").FullName;
            Dictionary<string, string> flipped = files.ToDictionary(file => file, file => Flipped(file, data, copy, random));

            List<Finding> findings = Verify(ledger, copy);
            foreach ((string file, string at) in flipped)
                if (!findings.Any(f => f.File == at))
                    Assert.Equal(whole[file], Dump(at));
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public async Task Two_files_that_were_exchanged_are_named()
    {
        (MemoryLedger ledger, string data) = await FilledAsync();
        string procedure = Path.Combine(data, "projections", "procedure.db"), media = Path.Combine(data, "projections", "media.db");
        (long Procedure, long Media) versions = (Version(procedure), Version(media));
        File.Move(procedure, procedure + ".x");
        File.Move(media, procedure);
        File.Move(procedure + ".x", media);
        // Of one schema version, or a start would make them anew.
        Version(procedure, versions.Procedure);
        Version(media, versions.Media);

        List<Finding> findings = Verify(ledger, data);

        Assert.Contains(findings, f => f.File == procedure && f.What.Contains("table", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.File == media && f.What.Contains("table", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cut_file_is_named()
    {
        (MemoryLedger ledger, string data) = await FilledAsync(withErasure: true);
        foreach (string file in Databases(data))
        {
            using FileStream stream = new(file, FileMode.Open);
            stream.SetLength(stream.Length - 1);
        }
        List<Finding> findings = Verify(ledger, data);
        Assert.All(Databases(data), file => Assert.Contains(findings, f => f.File == file));
    }

    private static long Version(string file, long? set = null)
    {
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = set is null ? "PRAGMA user_version" : $"PRAGMA user_version = {set}";
        return command.ExecuteScalar() as long? ?? 0;
    }

    private static async Task<(MemoryLedger Ledger, string Data)> FilledAsync(int entries = 400, bool withErasure = false)
    {
        MemoryLedger ledger = await RebuildTests.LedgerAsync(entries);
        string data = Directory.CreateTempSubdirectory("desk-").FullName;
        await ClerkHost.RunAsync(ledger, data);
        // Every file has a row: in an empty one a cut cursor is a state it has been in.
        for (bool more = withErasure; more; more = ledger.DurableSize % 256 == 0)
            ledger.AppendFact(LeafOrigin.Operator, new Contracts.V1.Record
            {
                ErasureRequested = new ErasureRequested { ErasureId = $"E-{ledger.DurableSize}", Actor = Story.Operator, Reason = "期满", Article = "一" },
            });
        await using (await DeskHost.StartAsync(ledger, data))
            return (ledger, data);
    }

    private static string[] Databases(string data) => [.. RebuildTests.Files(data), Path.Combine(data, "clerk.db")];

    private static List<Finding> Verify(MemoryLedger ledger, string data)
    {
        string scratch = Directory.CreateTempSubdirectory("verify-").FullName;
        VerificationReport report = new(TextWriter.Null);
        using (ProjectionVerification tables = new(data, scratch))
        using (ClerkVerification clerk = new(data, scratch))
            foreach (IVerification verification in (IVerification[])[tables, clerk])
            {
                verification.Begin(report);
                foreach (LedgerEntry entry in ledger.Entries)
                    verification.Entry(new VerifiedEntry(
                        entry.Index.Value, entry.Leaf, entry.LeafBytes, entry.IsErased ? null : entry.Envelope, "segment", new SegmentOffset(0)));
                verification.End(complete: true);
            }
        Directory.Delete(scratch, recursive: true);
        return report.Findings;
    }

    /// <summary>Tables that have rows, with their columns; of tables that are one for each month the first: a report names a thousand things.</summary>
    private static List<(string Table, List<(string Name, bool Key)> Columns)> Tables(string path)
    {
        using SqliteFile file = new(path);
        using SqliteReadLease lease = file.Rent();
        List<(string, List<(string, bool)>)> tables = [];
        foreach (string table in lease.Query("SELECT name FROM sqlite_master WHERE type = 'table'", row => row.GetString(0)))
            if (lease.Number($"SELECT count(*) FROM {table}") > 0)
                tables.Add((table, lease.Query($"SELECT name, pk FROM pragma_table_info('{table}')", row => (row.GetString(0), row.GetInt64(1) > 0))));
        return [.. tables.DistinctBy(table => table.Item1.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'))];
    }

    /// <summary>In every row.</summary>
    private static void Change(string file, string table, string column) =>
        RebuildTests.Change(file, $"""
            UPDATE {table} SET {column} = CASE typeof({column})
                WHEN 'integer' THEN {column} + 100000 WHEN 'real' THEN {column} * 2 + 1 WHEN 'blob' THEN x'00' || {column} WHEN 'null' THEN hex(randomblob(8)) ELSE {column} || hex(randomblob(8)) END
            """);

    private static string Flipped(string file, string data, string copy, Random random)
    {
        byte[] bytes = File.ReadAllBytes(file);
        int at = random.Next(bytes.Length);
        bytes[at] ^= (byte)(1 << random.Next(8));
        string target = Path.Combine(copy, Path.GetRelativePath(data, file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllBytes(target, bytes);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Path.GetFileName(file)} byte {at}");
        return target;
    }

    private static string Dump(string path)
    {
        using SqliteFile file = new(path);
        return DeskHost.DumpFile(file);
    }
}
