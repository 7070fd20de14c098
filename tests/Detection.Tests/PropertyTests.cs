using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.Detection.Tests;

/// <summary>Over hundreds of random histories of four stations, all kinds of rules, late and repeated data, gaps, flags and ticks.</summary>
public sealed class PropertyTests
{
    private const string All = "\"MN1\", \"MN2\", \"MN3\", \"MN4\"";

    private static readonly string Everything = string.Join(',',
        Rulebook.Threshold("real-time", "\"hold\": \"00:02:00\", \"clearLevel\": 40, \"clearHold\": \"00:01:00\", \"updateEvery\": \"00:05:00\"", "cod", stations: All),
        Rulebook.Threshold("minute", "", "cod-minute", stations: All),
        Rulebook.Rule("rise", "rate", Rulebook.Cod.Replace("50", "600", StringComparison.Ordinal) + "\"period\": \"real-time\"", stations: All),
        Rulebook.Rule("often", "periods", Rulebook.Cod + "\"period\": \"real-time\", \"breaches\": 3, \"of\": 5", stations: All),
        Rulebook.Rule("stuck", "stuck", "\"factor\": \"w01018\", \"unit\": \"mg/L\", \"period\": \"real-time\", \"count\": 3, \"tolerance\": 2", "device", All),
        Rulebook.Rule("both", "combined", $$"""
            "match": "all", "conditions": [ { {{Rulebook.Cod}} "period": "real-time" }, { {{Rulebook.Cod}} "period": "minute" } ]
            """, stations: All),
        Rulebook.Rule("silent", "missing", "\"after\": \"00:06:00\"", "device", All),
        Rulebook.Rule("opened", "tamper", "\"events\": [\"box-door\"], \"quiet\": \"00:03:00\"", "device", All),
        Rulebook.Rule("backfill", "backfill", Rulebook.Cod + "\"period\": \"minute\", \"outage\": \"00:05:00\", \"quiet\": \"00:05:00\"", stations: All));

    // Storm control looks over all stations; where single stations are compared it must have nothing to do.
    private const string NoStorm = "\"storm\": { \"perDeviceAndKindPerMinute\": 1000, \"perGatewayPerMinute\": 100000, \"deadGatewayPercent\": 100, \"gather\": \"00:00:01\", \"rainFrom\": 1000 },";

    private static List<Action<Site>> History(int seed, int length, string[] stations, bool ticks = true)
    {
        var random = new Random(seed);
        var steps = new List<Action<Site>>();
        var minute = 0.0;
        for (var i = 0; i < length; i++)
        {
            minute += random.Next(20) == 0 ? 12 : 0.5;
            var (at, station, value) = (Math.Round(minute, 1), stations[random.Next(stations.Length)], random.Next(4) == 0 ? 50 + random.Next(50) : random.Next(60));
            var late = at - 15 - random.Next(30);
            Action<Site> step = random.Next(ticks ? 9 : 8) switch
            {
                0 or 1 or 2 => s => s.Live(at, value, station),
                3 => s => s.Live(at, value, station, quality: "M"),
                4 => s => s.Send(station, null, Site.Reading(value, Site.At(at), ReadingKind.Minute)),
                5 => s => s.Send(station, Site.At(at), Site.Reading(value, Site.At(late), ReadingKind.Recalled)),
                6 => s => s.Send(station, Site.At(at), Site.Reading(value, Site.At(late))),
                7 => s => s.Happens(at, DeviceEventKind.BoxDoor, station),
                _ => s => s.Tick(at),
            };
            steps.Add(step);
        }
        return steps;
    }

    private static string Lines(IEnumerable<Decision> said) => string.Join('\n', said.Select(d => $"{d.SourceDevice} {d.Kind} {d.Alert}"));

    [Fact]
    public void The_same_events_give_the_same_decisions_and_after_a_restore_the_same_ones()
    {
        var rules = Rulebook.Read(Everything);
        var told = 0;
        for (var seed = 0; seed < 30; seed++)
        {
            var history = History(seed, 300, ["MN1", "MN2", "MN3", "MN4"]);
            var (once, again, restored) = (new Site(rules), new Site(rules), new Site(rules));
            foreach (var (n, step) in history.Index())
            {
                step(once);
                step(again);
                step(restored);
                if (n % 37 != seed % 37)
                    continue;
                var snapshot = restored.Engine.Snapshot();
                restored.Engine = DetectionEngine.Restore(snapshot, rules, Decider.Edge, "agent-1");
                Assert.Equal(snapshot, restored.Engine.Snapshot());
            }

            Assert.Equal(Lines(once.Said), Lines(again.Said));
            Assert.Equal(Lines(once.Said), Lines(restored.Said));
            Assert.Equal(once.Engine.Snapshot(), restored.Engine.Snapshot());
            told += once.Said.Count;
        }
        Assert.True(told > 3_000, $"only {told} decisions: the histories test nothing");
    }

    [Fact]
    public void A_reload_with_the_same_rules_changes_nothing()
    {
        for (var seed = 100; seed < 115; seed++)
        {
            var (plain, reloaded) = (new Site(Rulebook.Read(Everything)), new Site(Rulebook.Read(Everything)));
            foreach (var (n, step) in History(seed, 200, ["MN1", "MN2"]).Index())
            {
                step(plain);
                step(reloaded);
                if (n % 50 == 20)
                    Assert.Empty(reloaded.Engine.Replace(Rulebook.Read("\n" + Everything), reloaded.Now));
            }

            // Only the hash of the file differs.
            foreach (var alert in plain.Alerts.Concat(reloaded.Alerts).Where(a => a.Basis is not null))
                alert.Basis.RuleSetSha256 = Google.Protobuf.ByteString.Empty;
            Assert.Equal(Lines(plain.Said), Lines(reloaded.Said));
        }
    }

    [Fact]
    public void Stations_do_not_touch_each_other()
    {
        var rules = Rulebook.Read(Everything, NoStorm);
        for (var seed = 200; seed < 215; seed++)
        {
            var (one, two) = (History(seed, 150, ["MN1"], ticks: false), History(seed + 1000, 150, ["MN4"], ticks: false));
            var (mixed, apart) = (new Site(rules), new Site(rules));
            foreach (var (a, b) in one.Zip(two))
            {
                a(mixed);
                b(mixed);
            }
            foreach (var step in two.Concat(one))
                step(apart);

            // The batch numbers differ with the order; nothing else may.
            static IEnumerable<string> Of(Site site, string station)
            {
                foreach (var quote in site.Alerts.SelectMany(a => a.Basis.Readings))
                    (quote.Batch, quote.FrameSha256) = (null, Google.Protobuf.ByteString.Empty);
                return site.Said.Where(d => d.SourceDevice == station).Select(d => d.Alert.ToString());
            }
            Assert.Equal(Of(mixed, "MN1"), Of(apart, "MN1"));
            Assert.Equal(Of(mixed, "MN4"), Of(apart, "MN4"));
        }
    }

    [Fact]
    public void Late_data_never_change_what_is_told_live()
    {
        var rules = Rulebook.Read(Everything, NoStorm);
        for (var seed = 300; seed < 315; seed++)
        {
            var random = new Random(seed);
            var (plain, flooded) = (new Site(rules), new Site(rules));
            for (var minute = 0; minute < 200; minute++)
            {
                var value = random.Next(100);
                plain.Live(minute, value);
                flooded.Live(minute, value);
                for (var n = random.Next(3); n > 0; n--)
                    flooded.Send("MN1", Site.At(minute), Site.Reading(random.Next(100), Site.At(minute - 11 - random.Next(100))));
            }

            static IEnumerable<string> Live(Site site)
            {
                foreach (var quote in site.Alerts.SelectMany(a => a.Basis.Readings))
                    (quote.Batch, quote.FrameSha256) = (null, Google.Protobuf.ByteString.Empty);
                return site.Alerts.Where(a => !a.Retrospective).Select(a => a.ToString());
            }
            Assert.Equal(Live(plain), Live(flooded));
            Assert.Contains(flooded.Alerts, a => a.Retrospective);
        }
    }
}
