using System.Text.Json;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.Testing.Servers;
using static EdgeEnforcement.IngestService.Tests.Projections.ReadingStory;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Influx;

/// <summary>Against Debian's InfluxDB 1.6, killed and started again.</summary>
public sealed class InfluxTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = Civil("2026-11-28T20:00:00");

    private readonly InfluxServer _server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.StartAsync(Cancellation);

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Charts_are_the_same_from_either_store()
    {
        MemoryLedger ledger = new();
        Random random = new(TestSeed.Next());
        string[] flags = ["N", "N", "N", "M", "D"];
        for (int minute = 0; minute < 3_000; minute++)
        {
            DateTimeOffset at = Start.AddMinutes(minute);
            Reading reading = random.Next(40) == 0
                ? Recalled(at, random.Next(100), ReadingKind.Minute)
                : Of(at, random.Next(1000) / 10.0, flags[random.Next(flags.Length)], ReadingKind.Minute);
            if (random.Next(2) == 0)
                (reading.Minimum, reading.Maximum) = (reading.Value - 1, reading.Value + 2);
            ledger.Batch(at.AddMinutes(random.Next(20) == 0 ? 30 : 1), reading);
        }
        await using DeskHost desk = await DeskHost.StartAsync(ledger);
        await using InfluxHost influx = await InfluxHost.StartAsync(ledger, InfluxHost.Options(_server.Url));
        await influx.CatchUpAsync();

        InfluxSeriesReader reader = new(influx.Parts.Client);
        foreach ((int minutes, int points) in new[] { (300, 1000), (600, 1000), (3_000, 50), (3_000, 400), (3_000, 5_000) })
        {
            SeriesRange range = new(Outlet, Cod, ReadingKind.Minute, "", Start.ToUnixTimeMilliseconds(), Start.AddMinutes(minutes).ToUnixTimeMilliseconds(), points);
            SeriesAnswer sqlite = await desk.Series.ReadAsync(range, Cancellation), other = await reader.ReadAsync(range, Cancellation);

            Assert.Equal("mg/L", other.Unit);
            if (minutes == 300) // with its clocks: SQLite has them in another table, and looks them up for few points
                Assert.Equal(sqlite.Points.Select(p => (p.AgentTime, p.IngestTime)), other.Points.Select(p => (p.AgentTime, p.IngestTime)));
            if (other.SpanMs == 0)
                Assert.Equal(sqlite.Points.Select(Key), other.Points.Select(Key));
            Assert.Equal(sqlite.Points.Sum(p => (long)p.Counted), other.Points.Sum(p => (long)p.Counted));
            Assert.Equal(sqlite.Points.Sum(p => (long)p.NotCounted), other.Points.Sum(p => (long)p.NotCounted));
            Assert.Equal(sqlite.Points.Sum(p => (long)p.Recalled), other.Points.Sum(p => (long)p.Recalled));
            Assert.Equal(sqlite.Points.Where(p => p.Counted > 0).Max(p => p.HasMaximum ? p.Maximum : p.Value), other.Points.Where(p => p.Counted > 0).Max(p => p.HasMaximum ? p.Maximum : p.Value));
            Assert.Equal(sqlite.Points.Sum(p => p.Value * p.Counted), other.Points.Sum(p => p.Value * p.Counted), 6);
            Assert.True(other.Points.Count <= points + 1, $"{other.Points.Count}");
        }

        static string Key(SeriesPoint p) => $"{p.At} {p.Value} {p.HasMinimum} {p.Minimum} {p.Maximum} {p.Flags} {p.Late} {p.Recalled} {p.EntryIndex} {p.Ordinal}";
    }

    [Fact]
    public async Task Sent_again_they_are_the_same_points()
    {
        MemoryLedger ledger = Filled(300);
        string directory;
        await using (InfluxHost first = await InfluxHost.StartAsync(ledger, InfluxHost.Options(_server.Url)))
        {
            await first.CatchUpAsync();
            directory = first.Directory;
        }
        await using (InfluxHost again = await InfluxHost.StartAsync(ledger, InfluxHost.Options(_server.Url), directory))
            Assert.Equal(300UL, again.Pump.Cursor.Position); // nothing is sent twice while the cursor is there

        File.Delete(Path.Combine(directory, "influx", "cursor"));
        await using InfluxHost anew = await InfluxHost.StartAsync(ledger, InfluxHost.Options(_server.Url), directory);
        await anew.CatchUpAsync();

        Assert.Equal(300, anew.Pump.Delivery.Sent);
        Assert.Equal(300, await CountAsync());
    }

    [Fact]
    public async Task While_the_server_is_away_the_ledger_goes_on_and_nothing_is_lost()
    {
        MemoryLedger ledger = Filled(200);
        await using InfluxHost host = await InfluxHost.StartAsync(ledger, InfluxHost.Options(_server.Url));
        await host.CatchUpAsync();
        _server.Kill();

        // An hour of readings: the ledger takes them, nobody waits for Influx.
        for (int second = 0; second < 3_600; second++)
            ledger.Batch(Start.AddHours(5).AddSeconds(second), Of(Start.AddHours(5).AddSeconds(second), second));
        while (host.Pump.Delivery.Trouble is null)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        Assert.Equal(200UL, host.Pump.Cursor.Position);
        await _server.StartAgainAsync(Cancellation);
        await host.CatchUpAsync();

        Assert.Equal(3_800, await CountAsync());
        Assert.Null(host.Pump.Delivery.Trouble);
    }

    [Fact]
    public async Task Killed_while_it_takes_them_it_holds_each_once_when_it_is_back()
    {
        MemoryLedger ledger = Filled(20_000);
        await using InfluxHost host = await InfluxHost.StartAsync(ledger, InfluxHost.Options(_server.Url, batch: 200));
        for (ulong at = 2_000; at < 20_000; at += 6_000)
        {
            await host.Pump.Cursor.WaitForAsync(at, Cancellation);
            _server.Kill();
            await _server.StartAgainAsync(Cancellation);
        }
        await host.CatchUpAsync();

        Assert.Equal(20_000, await CountAsync());
        Assert.Empty(host.Refused);
    }

    [Fact]
    public async Task A_line_the_server_refuses_is_named_and_kept_and_the_others_go_on()
    {
        await _server.WriteAsync("reading,device=elsewhere total=\"a word\" 1795000000000"); // from here on a number is a conflict in this shard
        MemoryLedger ledger = new();
        for (int i = 0; i < 100; i++)
        {
            DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(1_795_000_000_000).AddSeconds(i + 1);
            Reading reading = Of(at, i);
            if (i is 37 or 62)
                reading.Total = 5;
            ledger.Batch(at, reading);
        }
        await using InfluxHost host = await InfluxHost.StartAsync(ledger, InfluxHost.Options(_server.Url));
        await host.CatchUpAsync();

        Assert.Equal((98, 2), (host.Pump.Delivery.Sent, host.Pump.Delivery.Refused));
        Assert.Equal(98, await CountAsync());
        string[] refused = host.Refused.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, refused.Length);
        Assert.Contains("field type conflict", refused[0], StringComparison.Ordinal);
        Assert.Contains("value=37,total=5", refused[1], StringComparison.Ordinal);
        Assert.Contains("value=62,total=5", refused[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erased_entries_leave_it_too()
    {
        MemoryLedger ledger = Filled(50);
        await using InfluxHost host = await InfluxHost.StartAsync(ledger, InfluxHost.Options(_server.Url));
        await host.CatchUpAsync();

        ledger.AppendFact(LeafOrigin.Operator, new Record
        {
            Erased = new Erased { ErasureId = "E-1", Ranges = { new EntryRange { First = 10, Last = 14 }, new EntryRange { First = 49, Last = 49 } }, Approvers = { Story.Operator, Story.Operator } },
        });
        await host.CatchUpAsync();

        Assert.Equal(44, await CountAsync());
        Assert.DoesNotContain("1012", await _server.QueryAsync("SELECT value FROM reading"), StringComparison.Ordinal);
    }

    private static MemoryLedger Filled(int count)
    {
        MemoryLedger ledger = new();
        for (int i = 0; i < count; i++)
            ledger.Batch(Start.AddMilliseconds(i * 500), Of(Start.AddMilliseconds(i * 500), 1000 + i));
        return ledger;
    }

    private async Task<long> CountAsync()
    {
        using JsonDocument answer = JsonDocument.Parse(await _server.QueryAsync("SELECT count(entry) FROM reading"));
        return answer.RootElement.GetProperty("results")[0].GetProperty("series")[0].GetProperty("values")[0][1].GetInt64();
    }
}
