using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Clerk;

public sealed class CentreRulesTests
{
    private readonly MemoryLedger _ledger = new();

    [Fact]
    public async Task A_rule_of_the_centre_opens_updates_and_clears_an_alert_that_carries_its_basis()
    {
        OutletAgent outlet = new(_ledger, OutletAgent.RuleFile(OutletAgent.Central));
        outlet.Activate();
        Record breach = outlet.Live(1, 60);
        outlet.Live(5, 70);
        outlet.Live(12, 62);
        outlet.Live(13, 30);
        outlet.Deliver();
        Assert.DoesNotContain(_ledger.Entries, entry => entry.Leaf.Type == Record.FieldAlertFieldNumber); // the front end does not decide it

        IReadOnlyList<Record> facts = await ClerkHost.RunAsync(_ledger);

        string id = EpisodeId.Derive(OutletAgent.Station, "cod-centre", "w01018", OutletAgent.At(1));
        Assert.Equal([Record.BodyOneofCase.AlertOpened, Record.BodyOneofCase.AlertUpdated, Record.BodyOneofCase.AlertUpdated], facts.Select(fact => fact.BodyCase));
        AlertOpened opened = facts[0].AlertOpened;
        Assert.Equal((id, OutletAgent.Station, OutletAgent.Producer, "cod-centre@1", false), (opened.AlertId, opened.SourceDevice, opened.Producer, opened.Rule, opened.Retrospective));
        Assert.Equal("系统规则 cod-centre@1", opened.Cause.Rule);
        Assert.Equal(_ledger.Find(breach.Identity)?.Value, opened.Cause.EntryIndex);
        QuotedReading quote = Assert.Single(opened.Decision.Basis.Readings);
        Assert.Equal((breach.Identity, 60d), (quote.Batch, quote.Reading.Value));
        Assert.Equal(outlet.RuleSetSha256, opened.Decision.Basis.RuleSetSha256.ToByteArray());
        Assert.Equal([(EpisodePhase.Updated, 3U, 70d), (EpisodePhase.Cleared, 3U, 70d)],
            facts.Skip(1).Select(fact => (fact.AlertUpdated.Phase, fact.AlertUpdated.Count, fact.AlertUpdated.WorstValue)));
        Assert.All(facts.Skip(1), fact => Assert.Equal(id, fact.AlertUpdated.Decision.EpisodeId));
        Assert.Equal(3UL, _ledger.StreamVersion("alert/" + id));
    }

    [Fact]
    public async Task What_comes_late_is_judged_apart_and_marked()
    {
        OutletAgent outlet = new(_ledger, OutletAgent.RuleFile(OutletAgent.Central));
        outlet.Activate();
        outlet.Deliver();
        outlet.Live(1, 60);
        outlet.Deliver(TimeSpan.FromMinutes(11));

        AlertOpened opened = Assert.Single(await ClerkHost.RunAsync(_ledger)).AlertOpened;

        Assert.True(opened.Retrospective);
        Assert.Equal(11UL * 60_000, opened.LateByMs);
    }

    [Fact]
    public async Task Silence_is_the_stations_only_while_its_agent_is_heard()
    {
        OutletAgent outlet = new(_ledger, OutletAgent.RuleFile(OutletAgent.CentralSilence));
        outlet.Activate();
        outlet.Live(1, 30);
        outlet.Status(90); // the line was cut for an hour and a half
        for (int minute = 91; minute < 125; minute++)
            outlet.Status(minute);
        outlet.Deliver();

        AlertOpened opened = Assert.Single(await ClerkHost.RunAsync(_ledger), fact => fact.AlertOpened is not null).AlertOpened;

        Assert.Equal("silent@1", opened.Rule);
        Assert.Equal(OutletAgent.At(90), opened.EpisodeStart.ToDateTimeOffset());
    }

    [Fact]
    public async Task A_rule_set_without_the_rule_ends_what_it_held_open_and_one_that_was_overtaken_does_not_take_over()
    {
        OutletAgent outlet = new(_ledger, OutletAgent.RuleFile(OutletAgent.Central));
        outlet.Activate();
        outlet.Live(1, 60);
        Record overtaken = outlet.Activate(minute: 2, rules: OutletAgent.RuleFile(OutletAgent.Central, version: "2"));
        outlet.Activate(minute: 3, rules: OutletAgent.RuleFile(OutletAgent.Threshold, version: "3"));
        outlet.Made.Remove(overtaken);
        outlet.Deliver();
        outlet.Send(overtaken);
        outlet.Live(4, 65);
        outlet.Deliver();

        IReadOnlyList<Record> facts = await ClerkHost.RunAsync(_ledger);

        Assert.Equal([(true, EpisodePhase.Unspecified), (false, EpisodePhase.Cleared)],
            facts.Where(fact => (fact.AlertOpened?.Rule ?? fact.AlertUpdated?.Cause.Rule)!.Contains("cod-centre", StringComparison.Ordinal))
                .Select(fact => (fact.AlertOpened is not null, fact.AlertUpdated?.Phase ?? EpisodePhase.Unspecified)));
    }

    [Fact]
    public async Task Entries_of_others_and_rules_of_the_front_end_lead_to_nothing()
    {
        OutletAgent outlet = new(_ledger, OutletAgent.RuleFile(OutletAgent.Threshold));
        outlet.Activate();
        outlet.Live(1, 60);
        outlet.Made.RemoveAll(record => record.FieldAlert is not null);
        outlet.Deliver();

        Assert.Empty(await ClerkHost.RunAsync(_ledger));
    }

    /// <summary>A repeated identity with other bytes is evidence of the conflict, never a reading.</summary>
    [Fact]
    public async Task A_conflict_entry_is_not_judged()
    {
        OutletAgent outlet = new(_ledger, OutletAgent.RuleFile(OutletAgent.Central));
        outlet.Activate();
        Record batch = outlet.Live(1, 30);
        outlet.Deliver();
        Record forged = batch.Clone();
        forged.ReadingBatch.Readings[0].Value = 90;
        outlet.Send(forged);

        Assert.Empty(await ClerkHost.RunAsync(_ledger));
    }

    [Fact]
    public async Task Times_no_calendar_knows_are_not_judged_and_stop_nobody()
    {
        OutletAgent outlet = new(_ledger, OutletAgent.RuleFile(OutletAgent.Central));
        outlet.Activate();
        foreach (long seconds in new[] { long.MinValue, -62_135_596_800, 253_402_300_799, long.MaxValue })
        {
            Record batch = outlet.Live(1, 60);
            batch.ReadingBatch.Readings[0].ObservedAt.Seconds = batch.ReadingBatch.Readings[0].PeriodEnd.Seconds = seconds;
        }
        outlet.Live(2, 61);
        outlet.Deliver();

        Assert.Equal(OutletAgent.At(2), Assert.Single(await ClerkHost.RunAsync(_ledger)).AlertOpened.EpisodeStart.ToDateTimeOffset());
    }
}
