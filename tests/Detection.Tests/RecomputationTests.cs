namespace EdgeEnforcement.Detection.Tests;

public sealed class RecomputationTests
{
    private const string All = "\"MN1\"";

    private static readonly RuleSet Rules = Rulebook.Read(string.Join(',',
        Rulebook.Threshold("real-time", "\"hold\": \"00:02:00\", \"clearLevel\": 40, \"clearHold\": \"00:01:00\", \"updateEvery\": \"00:05:00\"", "cod", stations: All),
        Rulebook.Rule("rise", "rate", Rulebook.Cod.Replace("50", "600", StringComparison.Ordinal) + "\"period\": \"real-time\", \"clearLevel\": 100", stations: All),
        Rulebook.Rule("often", "periods", Rulebook.Cod + "\"period\": \"real-time\", \"breaches\": 3, \"of\": 5, \"clearLevel\": 45", stations: All),
        Rulebook.Rule("stuck", "stuck", "\"factor\": \"w01018\", \"unit\": \"mg/L\", \"period\": \"real-time\", \"count\": 3, \"tolerance\": 3", "device", All),
        Rulebook.Rule("both", "combined", $$"""
            "match": "all", "within": "00:03:00", "conditions": [ { {{Rulebook.Cod}} "period": "real-time", "clearLevel": 40 }, { {{Rulebook.Cod.Replace("w01018", "w21003", StringComparison.Ordinal)}} "period": "real-time" } ]
            """, stations: All),
        Rulebook.Rule("backfill", "backfill", Rulebook.Cod + "\"period\": \"minute\", \"outage\": \"00:05:00\", \"quiet\": \"00:05:00\"", stations: All)));

    /// <summary>Every alert of hundreds of random days is decided again from its own bytes: the same start, count, worst, and end.</summary>
    [Fact]
    public void Every_alert_can_be_decided_again_from_what_it_quotes()
    {
        var checkedOf = new Dictionary<string, int>();
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var site = new Site(Rules);
            var minute = 0.0;
            for (var i = 0; i < 150; i++)
            {
                minute += random.Next(30) == 0 ? 20 : 0.5;
                var value = random.Next(3) == 0 ? 45 + random.Next(30) : random.Next(60);
                if (random.Next(6) == 0)
                    site.Send("MN1", Site.At(minute), Site.Reading(value, Site.At(minute - 12), ReadingKind.Recalled));
                else if (random.Next(6) == 0)
                    site.Send(Site.Reading(value, Site.At(minute), ReadingKind.Minute));
                else
                    site.Live(minute, value, factor: random.Next(3) == 0 ? "w21003" : "w01018");
            }

            foreach (var decision in site.Said.Where(d => AlertRecomputation.IsPossible(d.Alert, Rules)))
            {
                // As a reader has it: from its bytes.
                var alert = FieldAlert.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(decision.Alert));
                var differing = AlertRecomputation.Run(decision.SourceDevice, alert, Rules, Decider.Edge).Where(v => !v.IsSame).ToList();
                Assert.True(differing.Count == 0, $"seed {seed}: {alert.Rule} {alert.Phase}: {string.Join("; ", differing)}\n{alert}");
                checkedOf[alert.Rule] = checkedOf.GetValueOrDefault(alert.Rule) + 1;
            }
        }
        Assert.Equal(["backfill", "both", "cod", "often", "rise", "stuck"], checkedOf.Keys.Order());
        Assert.All(checkedOf, c => Assert.True(c.Value > 10, $"{c.Key}: {c.Value}"));
    }

    [Fact]
    public void An_alert_that_says_what_its_readings_do_not_say_is_shown()
    {
        var site = new Site(Rulebook.Read(Rulebook.Threshold("hour")));
        site.Send(Site.Reading(78.4, Site.At(0), ReadingKind.Hour));
        var alert = site.Alerts.Single();

        Assert.All(AlertRecomputation.Run("MN1", alert, site.Engine.Rules, Decider.Edge), v => Assert.True(v.IsSame, v.ToString()));
        foreach (var (name, change) in new (string, Action<FieldAlert>)[]
        {
            ("worst", a => a.WorstValue = 90),
            ("count", a => a.Count = 3),
            ("limit", a => a.Basis.Limit = 40),
            ("source", a => a.Basis.RuleSource = "GB 3838-2002"),
            ("start", a => a.EpisodeStart = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Site.At(1))),
            ("worst", a => a.Basis.Readings[0].Reading.Value = 60),
            ("opened", a => a.Basis.Readings[0].Reading.Value = 40),
            ("usable", a => a.Basis.Readings[0].Reading.Quality = "M"),
            ("over", a => a.Phase = EpisodePhase.Cleared),
            ("episode", a => a.EpisodeId = "00"),
            ("times", a => a.EpisodeStart = null),
            ("times", a => a.Basis.Readings[0].Reading.ObservedAt.Seconds = long.MaxValue),
            ("rule", a => a.Rule = "other"),
            ("rule set", a => a.Basis.RuleSetSha256 = Google.Protobuf.ByteString.CopyFrom(new byte[32])),
        })
        {
            var forged = alert.Clone();
            change(forged);
            Assert.Contains(AlertRecomputation.Run("MN1", forged, site.Engine.Rules, Decider.Edge), v => v.Name == name && !v.IsSame);
        }
        Assert.Equal(["decider"], AlertRecomputation.Run("MN1", alert, site.Engine.Rules, Decider.Centre).Where(v => !v.IsSame).Select(v => v.Name));
    }
}
