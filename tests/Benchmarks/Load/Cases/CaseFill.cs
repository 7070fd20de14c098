using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.Benchmarks.Load.Cases;

/// <summary>Fills a directory that is kept: so many cases with all their acts in the ledger, the rest folded into the table of cases alone.</summary>
internal static class CaseFill
{
    public static async Task<int> RunAsync(string data, int acted, int total)
    {
        if (Directory.Exists(Path.Combine(data, "ledger")))
            throw new InvalidOperationException($"{data} is filled already");
        long started = TimeProvider.System.GetTimestamp();
        CaseVariants variants;
        ulong size;
        await using (OpenedLedger opened = await OpenedLedger.OpenAsync(data))
        {
            CaseLedger ledger = new(opened.Core);
            CaseRules rules = await ledger.FoundAsync();
            variants = new CaseVariants(rules, TimeProvider.System.GetUtcNow());
            Say($"{variants.Count} variants walked in {Seconds(started):F1} s: {variants.Sizes}");
            started = TimeProvider.System.GetTimestamp();
            ulong entries = await ledger.AddAsync(variants, acted);
            Say($"{entries:N0} entries of {acted:N0} cases appended in {Seconds(started):F0} s: {entries / Seconds(started):N0}/s");
            size = opened.Core.Reader.DurableSize;
        }

        started = TimeProvider.System.GetTimestamp();
        using (IngestProcess service = await IngestProcess.StartAsync(data))
        {
            while (await service.LargestGapAsync() > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            Say($"every projection and the clerk there after {Seconds(started):F0} s ({size / Seconds(started):N0} entries/s); {service.Memory}");
            await service.StopAsync();
        }

        started = TimeProvider.System.GetTimestamp();
        using SqliteFile file = ProjectionList.FileOf(data, new ProcedureProjection());
        FoldedCases.Add(file, variants, acted, total, size - 1);
        Say($"{total - acted:N0} more cases folded in {Seconds(started):F0} s: {new FileInfo(file.Path).Length / 1024 / 1024:N0} MiB");
        return 0;
    }

    private static double Seconds(long started) => TimeProvider.System.GetElapsedTime(started).TotalSeconds;

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
