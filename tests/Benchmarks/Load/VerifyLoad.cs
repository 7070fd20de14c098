using System.Diagnostics;
using System.Globalization;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Verify;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>What 'ingest verify' costs on a directory that is kept, and where: each line does what the one before did, and one thing more.</summary>
internal static class VerifyLoad
{
    public static async Task<int> RunAsync(string data)
    {
        var paths = new LedgerPaths(data);
        var files = new PhysicalFileSystem();
        var bytes = Directory.EnumerateFiles(paths.Segments).Sum(path => new FileInfo(path).Length);
        Measure("read and checksums", bytes, () => Read(files, paths, static _ => { }));
        Measure("+ leaf parsed", bytes, () => Read(files, paths, static record =>
        {
            if (!LeafFormat.TryParse(record.Head.Span, out _))
                throw new InvalidOperationException($"entry {record.Index} is no leaf");
        }));
        Measure("verifier without verifications (+ commitment)", bytes, () => Verify(files, paths));
        Measure("+ identities", bytes, () => Verify(files, paths, new IdentityVerification()));
        Measure("+ tree without tiles", bytes, () => Verify(files, paths, new IdentityVerification(), new TreeVerification(files, paths, null, withTiles: false)));
        Measure("+ tiles", bytes, () => Verify(files, paths, new IdentityVerification(), new TreeVerification(files, paths, null)));

        var (seconds, cpu, output) = await IngestProcess.CommandAsync("verify", data);
        Say("ingest verify", bytes, seconds, cpu);
        Console.WriteLine(output.TrimEnd().Split('\n')[^1]);
        return 0;
    }

    private static void Read(PhysicalFileSystem files, LedgerPaths paths, Action<StoredRecord> look)
    {
        using var reader = SegmentReader.OpenReadOnly(files, paths.Segments);
        foreach (var record in reader.ReadFrom(reader.FirstIndex))
            look(record);
    }

    private static void Verify(PhysicalFileSystem files, LedgerPaths paths, params IVerification[] verifications)
    {
        var report = new VerificationReport(TextWriter.Null);
        new LedgerVerifier(files, paths, verifications, () => 0, report).Run();
        if (report.DifferenceCount > 0)
            throw new InvalidOperationException($"{report.DifferenceCount} differences");
    }

    private static void Measure(string what, long bytes, Action work)
    {
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var started = TimeProvider.System.GetTimestamp();
        work();
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        self.Refresh();
        Say(what, bytes, seconds, (self.TotalProcessorTime - cpu).TotalSeconds);
    }

    private static void Say(string what, long bytes, double seconds, double cpu) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{what}: {bytes / 1e9:F2} GB in {seconds:F1} s, {bytes / 1e9 / seconds:F2} GB/s; {cpu:F1} CPU s, {bytes / 1e9 / cpu:F2} GB per CPU s"));
}
