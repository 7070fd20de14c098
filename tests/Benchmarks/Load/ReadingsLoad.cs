using System.Diagnostics;
using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>
/// Fills a month's table of readings through the projection itself (decoding, rows, roll-ups, latest readings, commit) and says what an insert
/// costs as the table grows; then charts of a year of minute data are asked for. The entries are made beside the clock, the fold is on it.
/// </summary>
internal static class ReadingsLoad
{
    private const int Charts = 40;

    public static async Task<int> RunAsync(string data, long rows, int stations)
    {
        Directory.CreateDirectory(data);
        using SqliteFile file = new(Path.Combine(data, "readings.db"));
        ReadingEntries entries = new(stations);
        using (ProjectionFold fold = new(file, new ReadingsProjection(), erasedThrough: 0))
        {
            entries.ResumeAt(fold.Position);
            Fill(fold, entries, rows);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"file {new FileInfo(file.Path).Length / 1e9:F2} GB"));
        await ChartsAsync(data);
        return 0;
    }

    private static void Fill(ProjectionFold fold, ReadingEntries entries, long rows)
    {
        long step = Math.Max(1, rows / 10);
        double seconds = 0, cpu = 0;
        long counted = 0;
        for (long done = (long)fold.Position * ReadingEntries.Factors; done < rows;)
        {
            List<LedgerEntry> page = entries.Next(ProjectionPump.BatchEntries);
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            long started = TimeProvider.System.GetTimestamp();
            foreach (LedgerEntry entry in page)
                fold.Take(entry);
            fold.Flush();
            seconds += TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            cpu += (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            long added = page.Count * ReadingEntries.Factors;
            (done, counted) = (done + added, counted + added);
            if (counted < step && done < rows)
                continue;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{done,12:N0} rows: {counted / seconds,10:N0} readings/s, {cpu / counted * 1e6:F1} us of processor each"));
            (seconds, cpu, counted) = (0, 0, 0);
        }
    }

    private static async Task ChartsAsync(string data)
    {
        using SqliteFile file = new(Path.Combine(data, "chart.db"));
        using (ProjectionFold fold = new(file, new ReadingsProjection(), erasedThrough: 0))
            if (fold.Position == 0)
            {
                foreach (LedgerEntry entry in ReadingEntries.YearOfMinutes())
                    fold.Take(entry);
                fold.Flush();
            }
        SeriesReader reader = new(file);
        long end = ReadingEntries.YearEnd;
        foreach ((string name, int days, int points) in new[] { ("1 day", 1, 1500), ("7 days", 7, 1500), ("30 days", 30, 1500), ("30 days, every minute", 30, 50_000), ("365 days", 365, 1500) })
        {
            List<double> times = [];
            SeriesAnswer answer = new();
            for (int i = 0; i < Charts; i++)
            {
                SeriesRange range = new(ReadingEntries.ChartStation, ReadingEntries.ChartFactor, ReadingKind.Minute, "", end - (days * CivilCalendar.DayMs), end, points);
                long started = TimeProvider.System.GetTimestamp();
                answer = await reader.ReadAsync(range, CancellationToken.None);
                times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            }
            times.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"chart of {name}: {answer.Points.Count} points from {answer.Source}: median {times[Charts / 2]:F1} ms, worst {times[^1]:F1} ms, least {times[0]:F1} ms"));
        }
    }
}
