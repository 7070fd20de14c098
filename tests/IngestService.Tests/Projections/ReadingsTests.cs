using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using EdgeEnforcement.IngestService.Tests.Doubles;
using static EdgeEnforcement.IngestService.Tests.Projections.ReadingStory;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Projections;

public sealed class ReadingsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Latest_is_what_was_observed_last_whenever_it_came()
    {
        MemoryLedger ledger = new();
        DateTimeOffset now = Civil("2026-11-28T22:00:00");
        ledger.Batch(now, Of(now, 48.5));
        ledger.Batch(now.AddMinutes(1), Of(now.AddHours(-2), 99)); // late
        ledger.Batch(now.AddMinutes(1), Of(now.AddDays(3), 1)); // a clock that is days ahead
        await using DeskHost host = await DeskHost.StartAsync(ledger);

        SeriesRow cod = Assert.Single(host.Readings.Find(Outlet)!.Row.Latest);

        Assert.Equal(48.5, cod.Latest.Reading.Value);
        Assert.False(cod.Latest.Late);
        Assert.Equal((3UL, 1UL, 1UL), (cod.Readings, cod.Late, cod.Odd));
        Assert.Equal(now.AddMilliseconds(-300), cod.Latest.AgentTime.ToDateTimeOffset());
        Assert.Equal(now, cod.Latest.IngestTime.ToDateTimeOffset());
    }

    [Fact]
    public async Task Sequence_breaks_the_tie_of_two_readings_of_one_instant()
    {
        MemoryLedger ledger = new();
        DateTimeOffset at = Civil("2026-11-28T22:00:00");
        ledger.NowMicros = at.ToUnixTimeMilliseconds() * 1000;
        ledger.Append("gateway-1", record => Fill(record, at, Of(at, 2)), RecordClass.P2, sequence: 9);
        ledger.Append("gateway-1", record => Fill(record, at, Of(at, 1)), RecordClass.P2, sequence: 8); // the other lane was quicker
        await using DeskHost host = await DeskHost.StartAsync(ledger);

        Assert.Equal(2, host.Readings.Find(Outlet)!.Row.Latest.Single().Latest.Reading.Value);
    }

    [Fact]
    public async Task A_station_whose_clock_is_slow_still_has_a_latest_marked_late()
    {
        MemoryLedger ledger = new();
        DateTimeOffset now = Civil("2026-11-28T22:00:00");
        ledger.Batch(now, Of(now.AddMinutes(-15), 1));
        ledger.Batch(now.AddMinutes(1), Of(now.AddMinutes(-14), 2));
        await using DeskHost host = await DeskHost.StartAsync(ledger);

        StationReading latest = host.Readings.Find(Outlet)!.Row.Latest.Single().Latest;
        Assert.Equal((2, true), (latest.Reading.Value, latest.Late));
    }

    [Theory]
    [InlineData("2026-11-28T21:00:00", "2026-11-28T22:30:00", false)] // half an hour after the hour's end, to the millisecond
    [InlineData("2026-11-28T21:00:00", "2026-11-28T22:30:00.001", true)]
    public async Task Age_counts_from_the_end_of_the_period(string hour, string ingest, bool late)
    {
        MemoryLedger ledger = new();
        ledger.Batch(Civil(ingest), Of(Civil(hour), 1, kind: ReadingKind.Hour));
        await using DeskHost host = await DeskHost.StartAsync(ledger);

        Assert.Equal(late, host.Readings.Find(Outlet)!.Row.Latest.Single().Latest.Late);
    }

    [Fact]
    public async Task A_day_is_the_civil_day_and_a_month_its_table()
    {
        MemoryLedger ledger = new();
        DateTimeOffset lastOfOctober = Civil("2026-10-31T23:59:00");
        ledger.Batch(lastOfOctober, Of(lastOfOctober, 10)); // 15:59 UTC
        ledger.Batch(lastOfOctober.AddMinutes(1), Of(lastOfOctober.AddMinutes(1), 20));
        ledger.Batch(lastOfOctober.AddDays(2), Of(lastOfOctober.AddDays(2), 30));
        await using DeskHost host = await DeskHost.StartAsync(ledger);

        Assert.Equal(1, Rows(host, "reading_202610"));
        Assert.Equal(2, Rows(host, "reading_202611"));
        SeriesAnswer days = await ReadAsync(host, Ms("2026-10-30T00:00:00"), Ms("2026-11-03T00:00:00"), points: 4);
        Assert.Equal("day", days.Source);
        Assert.Equal(
            [(Ms("2026-10-31T00:00:00"), 10.0), (Ms("2026-11-01T00:00:00"), 20.0), (Ms("2026-11-02T00:00:00"), 30.0)],
            days.Points.Select(point => (point.At.ToDateTimeOffset().ToUnixTimeMilliseconds(), point.Value)));
    }

    [Fact]
    public async Task Only_flag_N_counts_into_a_mean_and_the_others_are_counted_by_flag()
    {
        MemoryLedger ledger = new();
        DateTimeOffset start = Civil("2026-11-28T20:00:00");
        string[] flags = ["N", "M", "N", "D", "M", "X9"];
        for (int i = 0; i < flags.Length; i++)
            ledger.Batch(start.AddSeconds(i * 10), Of(start.AddSeconds(i * 10), 10 * (i + 1), flags[i]));
        ledger.Batch(start.AddMinutes(90), Of(start.AddMinutes(90), 7));
        await using DeskHost host = await DeskHost.StartAsync(ledger);

        SeriesAnswer hours = await ReadAsync(host, start.ToUnixTimeMilliseconds(), start.AddHours(1).ToUnixTimeMilliseconds(), points: 1);

        SeriesPoint hour = Assert.Single(hours.Points);
        Assert.Equal(("hour", 3_600_000UL), (hours.Source, hours.SpanMs));
        Assert.Equal((20.0, 10.0, 30.0), (hour.Value, hour.Minimum, hour.Maximum)); // 10 and 30
        Assert.Equal((2UL, 4UL, "M 2, D 1, ? 1"), (hour.Counted, hour.NotCounted, hour.Flags));
        Assert.Equal((20.0, 60.0), (hour.OtherMinimum, hour.OtherMaximum));
    }

    [Fact]
    public async Task A_source_that_sends_no_flags_has_means_too()
    {
        MemoryLedger ledger = new();
        DateTimeOffset start = Civil("2026-11-28T20:00:00");
        ledger.Batch(start, Of(start, 10, ""), Of(start.AddSeconds(1), 20, ""), Of(start.AddMinutes(2), 5, ""));
        await using DeskHost host = await DeskHost.StartAsync(ledger);

        SeriesPoint minute = (await ReadAsync(host, start.ToUnixTimeMilliseconds(), start.AddMinutes(1).ToUnixTimeMilliseconds(), points: 1)).Points.Single();
        Assert.Equal((15.0, 2UL, ""), (minute.Value, minute.Counted, minute.Flags));
    }

    [Fact]
    public async Task Recalled_minutes_fill_the_gap_and_late_ones_are_in_the_means_of_their_hour()
    {
        MemoryLedger ledger = new();
        DateTimeOffset start = Civil("2026-11-28T20:00:00");
        ledger.Batch(start.AddMinutes(1), Of(start, 10, kind: ReadingKind.Minute));
        ledger.Batch(start.AddMinutes(120), Of(start.AddMinutes(119), 1, kind: ReadingKind.Minute));
        await using DeskHost host = await DeskHost.StartAsync(ledger);
        Assert.Equal(10, (await HourAsync(host, start)).Value);

        ledger.Batch(start.AddMinutes(130), Recalled(start.AddMinutes(10), 40, ReadingKind.Minute), Recalled(start.AddMinutes(11), 70, ReadingKind.Minute));
        ledger.Batch(start.AddMinutes(131), Recalled(start.AddMinutes(11), 70, ReadingKind.Minute)); // once more: counts once
        await host.CatchUpAsync(ledger);

        SeriesPoint hour = await HourAsync(host, start);
        Assert.Equal((40.0, 3UL, 2UL, 2UL), (hour.Value, hour.Counted, hour.Late, hour.Recalled));
        Assert.Equal(1, host.Readings.Find(Outlet)!.Row.Latest.Single().Latest.Reading.Value);
        SeriesAnswer single = await ReadAsync(host, start.ToUnixTimeMilliseconds(), start.AddHours(1).ToUnixTimeMilliseconds(), 1000, ReadingKind.Minute);
        Assert.Equal([0UL, 1UL, 1UL, 1UL], single.Points.Select(point => point.Recalled)); // both answers of 20:11 are kept
        Assert.All(single.Points, point => Assert.NotNull(point.IngestTime));

        async Task<SeriesPoint> HourAsync(DeskHost desk, DateTimeOffset at) => (await ReadAsync(
            desk, at.ToUnixTimeMilliseconds(), at.AddHours(1).ToUnixTimeMilliseconds(), 1, ReadingKind.Minute)).Points.Single();
    }

    [Fact]
    public async Task Roll_ups_of_any_level_are_what_the_readings_give()
    {
        MemoryLedger ledger = new();
        Random random = new(TestSeed.Next());
        DateTimeOffset start = Civil("2026-11-27T00:00:00");
        for (int minute = 0; minute < 3 * 1440; minute++)
        {
            DateTimeOffset at = start.AddMinutes(random.Next(10) == 0 ? random.Next(0, minute + 1) : minute).AddSeconds(random.Next(60));
            ledger.Batch(start.AddMinutes(minute + 1), Of(at, random.Next(100), random.Next(8) == 0 ? "M" : "N"));
        }
        await using DeskHost host = await DeskHost.StartAsync(ledger);

        long from = start.ToUnixTimeMilliseconds(), to = start.AddDays(3).ToUnixTimeMilliseconds();
        // Last of several of one instant, as the tables are read.
        SeriesPoint[] all = [.. (await ReadAsync(host, from, to, 1_000_000)).Points.GroupBy(point => point.At).Select(same => same.Last())];
        foreach (int points in new[] { 3, 72, 24, 10, 4320, 1000 })
        {
            SeriesAnswer folded = await ReadAsync(host, from, to, points);
            Assert.True(folded.Points.Count <= points + 1, $"{folded.Points.Count} points of {points}");
            Assert.Equal(all.Sum(point => (long)point.Counted), folded.Points.Sum(point => (long)point.Counted));
            Assert.Equal(all.Where(p => p.Counted == 1).Max(p => p.Value), folded.Points.Max(p => p.Maximum));
            foreach (SeriesPoint point in folded.Points.Where(point => point.Counted > 0))
            {
                SeriesPoint[] within = [.. all.Where(p => p.Counted == 1 && p.At >= point.At && p.At.ToDateTimeOffset() < point.At.ToDateTimeOffset().AddMilliseconds(folded.SpanMs))];
                Assert.Equal((ulong)within.Length, point.Counted);
                Assert.Equal(within.Average(p => p.Value), point.Value, 9);
                Assert.Equal((within.Min(p => p.Value), within.Max(p => p.Value)), (point.Minimum, point.Maximum));
            }
        }
    }

    [Fact]
    public async Task Old_months_are_dropped_whole_and_their_hours_stay()
    {
        MemoryLedger ledger = new();
        DateTimeOffset old = Civil("2023-10-15T12:00:00");
        ledger.Batch(old, Of(old, 10), Of(old.AddSeconds(30), 20));
        DateTimeOffset now = Civil("2026-11-28T12:00:00");
        ledger.Batch(now, Of(now, 1));
        ledger.Batch(now, Of(now.AddMonths(-40), 5)); // recalled, from before what is kept
        await using DeskHost host = await DeskHost.StartAsync(ledger);

        Assert.DoesNotContain("reading_202310", Tables(host));
        Assert.Contains("reading_202611", Tables(host));
        SeriesAnswer hours = await ReadAsync(host, Ms("2023-10-15T12:00:00"), Ms("2023-10-15T13:00:00"), points: 1);
        Assert.Equal((15.0, 2UL), (hours.Points.Single().Value, hours.Points.Single().Counted));
        Assert.Equal(1UL, host.Readings.Find(Outlet)!.Row.Latest.Single().Odd);
    }

    [Fact]
    public async Task An_erased_batch_leaves_tables_means_and_latest_readings()
    {
        MemoryLedger ledger = new();
        DateTimeOffset start = Civil("2026-11-28T20:00:00");
        ledger.Batch(start, Of(start, 10));
        ulong index = ledger.Batch(start.AddSeconds(30), Of(start.AddSeconds(30), 9999));
        ledger.Batch(start.AddSeconds(20), Of(start.AddSeconds(20), 20));
        await using DeskHost host = await DeskHost.StartAsync(ledger);
        Assert.Equal(9999, host.Readings.Find(Outlet)!.Row.Latest.Single().Latest.Reading.Value);

        ledger.AppendFact(EdgeEnforcement.Evidence.LeafOrigin.Operator, new Record
        {
            Erased = new Erased { ErasureId = "E-1", Ranges = { new EntryRange { First = index, Last = index } }, Approvers = { Story.Operator, Story.Operator } },
        });
        await host.CatchUpAsync(ledger);

        Assert.Equal(20, host.Readings.Find(Outlet)!.Row.Latest.Single().Latest.Reading.Value);
        Assert.DoesNotContain("9999", DeskHost.DumpFile(host.Projections.Readings.File));
        await using DeskHost rebuilt = await DeskHost.StartAsync(ledger);
        Assert.Equal(rebuilt.Dump(), host.Dump());
    }

    [Fact]
    public async Task Only_an_erasure_of_what_is_in_it_makes_the_file_anew()
    {
        MemoryLedger ledger = new();
        DateTimeOffset at = Civil("2026-11-28T20:00:00");
        ulong batch = ledger.Batch(at, Of(at, 10));
        ulong manifest = ledger.Append("dock-1", record => record.Manifest("DCIM/1.mp4"));
        string directory;
        await using (DeskHost host = await DeskHost.StartAsync(ledger))
        {
            directory = host.Directory;
            Mark(host);
            Erase(ledger, manifest);
            await host.CatchUpAsync(ledger);
            Assert.Equal(77, Marked(host));
        }
        Erase(ledger, ledger.Append("dock-1", record => record.Manifest("DCIM/2.mp4"))); // while nobody is there
        await using (DeskHost again = await DeskHost.StartAsync(ledger, directory))
        {
            Assert.Equal(77, Marked(again));
            Erase(ledger, batch);
            await again.CatchUpAsync(ledger);
            Assert.Equal(0, Marked(again));
            Assert.Empty(again.Readings.List(0, 10, ""));
            await using DeskHost rebuilt = await DeskHost.StartAsync(ledger);
            Assert.Equal(rebuilt.Dump(), again.Dump());
        }

        // Kept in the file's head; a file that is made anew has none.
        static void Mark(DeskHost host) => RebuildTests.Change(host.Projections.Readings.File.Path, "PRAGMA application_id = 77");

        static long Marked(DeskHost host)
        {
            using SqliteReadLease lease = host.Projections.Readings.File.Rent();
            return lease.Number("PRAGMA application_id");
        }

        static void Erase(MemoryLedger ledger, ulong index) => ledger.AppendFact(EdgeEnforcement.Evidence.LeafOrigin.Operator, new Record
        {
            Erased = new Erased { ErasureId = $"E-{index}", Ranges = { new EntryRange { First = index, Last = index } }, Approvers = { Story.Operator, Story.Operator } },
        });
    }

    [Fact]
    public async Task Another_unit_is_another_series_and_never_in_one_mean()
    {
        MemoryLedger ledger = new();
        DateTimeOffset at = Civil("2026-11-28T20:00:00");
        ledger.Batch(at, Of(at, 50), Of(at.AddSeconds(1), 51_000, unit: "ug/L"));
        await using DeskHost host = await DeskHost.StartAsync(ledger);

        SeriesAnswer newest = await ReadAsync(host, at.ToUnixTimeMilliseconds(), at.AddMinutes(1).ToUnixTimeMilliseconds(), 100);
        Assert.Equal(("ug/L", 51_000.0), (newest.Unit, newest.Points.Single().Value));
        Assert.Equal(["ug/L", "mg/L"], newest.Units);
    }

    [Fact]
    public async Task A_station_that_sends_factors_without_end_has_a_limit_and_says_so()
    {
        MemoryLedger ledger = new();
        DateTimeOffset at = Civil("2026-11-28T20:00:00");
        for (int batch = 0; batch < 5; batch++)
            ledger.Batch(at, [.. Enumerable.Range(batch * 1000, 1000).Select(factor => Of(at, 1, factor: $"x{factor}"))]);
        await using DeskHost host = await DeskHost.StartAsync(ledger);

        StationRow row = host.Readings.Find(Outlet)!.Row;
        Assert.Equal((4096U, 904UL), (row.SeriesCount, row.Untabled));
    }

    [Fact]
    public async Task Events_and_exchanges_are_the_stations_timeline()
    {
        MemoryLedger ledger = new();
        ledger.Append("gateway-1", record =>
        {
            record.SourceDevice = Outlet;
            record.DeviceEvent = new DeviceEvent { Kind = DeviceEventKind.BoxDoor, Detail = "box door open", Protocol = "hj212-2017" };
        }, RecordClass.P0);
        ledger.Append("gateway-1", record =>
        {
            record.SourceDevice = Outlet;
            record.DeviceExchange = new DeviceExchange { Command = "2061 recall hours", Reason = "gap after outage", Outcome = "done", Attempts = 2 };
        }, RecordClass.P2);
        await using DeskHost host = await DeskHost.StartAsync(ledger);

        StationDetail station = host.Readings.Find(Outlet)!;
        Assert.Equal(["device_exchange", "device_event"], station.Happenings.Select(happening => happening.Kind));
        Assert.Equal(("2061 recall hours · gap after outage", "done", 2UL), (station.Happenings[0].Text, station.Happenings[0].Outcome, station.Happenings[0].Count));
        Assert.Equal(DeviceEventKind.BoxDoor, station.Happenings[1].Event);
    }

    private static Task<SeriesAnswer> ReadAsync(DeskHost host, long from, long to, int points, ReadingKind kind = ReadingKind.RealTime) =>
        host.Series.ReadAsync(new SeriesRange(Outlet, Cod, kind, "", from, to, points), Cancellation);

    private static List<string> Tables(DeskHost host)
    {
        using SqliteReadLease lease = host.Projections.Readings.File.Rent();
        return lease.Query("SELECT name FROM sqlite_master WHERE type = 'table'", row => row.GetString(0));
    }

    private static long Rows(DeskHost host, string table)
    {
        using SqliteReadLease lease = host.Projections.Readings.File.Rent();
        return lease.Number($"SELECT count(*) FROM {table}");
    }
}
