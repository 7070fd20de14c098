using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Tests.Door.Presence;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Clerk;

public sealed class PresenceAlertTests
{
    private readonly MemoryLedger _ledger = new();
    private readonly BookDriver _book;

    public PresenceAlertTests() => _book = new BookDriver(now: _ledger.NowMicros / 1000);

    [Fact]
    public async Task A_device_beyond_its_grace_is_one_device_alert_that_clears_when_it_is_back()
    {
        _book.Come("logger-7");
        _book.Tick();
        _book.Go("logger-7");
        _book.Pass(61);
        _book.Come("logger-7");
        _book.Pass(61);

        IReadOnlyList<Record> facts = await DecideAsync();

        Assert.Equal(2, facts.Count);
        AlertOpened opened = facts[0].AlertOpened;
        Assert.Equal((AlertKind.Device, AlertSeverity.Warning, "设备离线：logger-7"), (opened.Kind, opened.Severity, opened.Title));
        Assert.Equal(("logger-7", "door", "device-offline@1", false), (opened.SourceDevice, opened.Producer, opened.Rule, opened.Retrospective));
        Assert.Equal((opened.AlertId, EpisodePhase.Cleared), (facts[1].AlertUpdated.AlertId, facts[1].AlertUpdated.Phase));
    }

    [Fact]
    public async Task Ten_thousand_that_go_together_are_one_alert_that_counts_them_and_the_tables_agree()
    {
        for (int i = 0; i < 10_000; i++)
            _book.Come($"d{i}", $"gw-{i % 50}");
        _book.Tick();
        for (int i = 0; i < 10_000; i++)
            _book.Go($"d{i}", gateway: $"gw-{i % 50}");
        _book.Pass(70);
        for (int i = 0; i < 10_000; i++)
            _book.Come($"d{i}", $"gw-{i % 50}");
        _book.Pass(61);
        _ledger.NowMicros = _book.Now * 1000;

        IReadOnlyList<Record> facts = await DecideAsync();

        AlertOpened opened = Assert.Single(facts, fact => fact.AlertOpened is not null).AlertOpened;
        Assert.Equal((AlertSeverity.Critical, "网络大面积中断：10000 台设备离线"), (opened.Severity, opened.Title));
        Assert.InRange(facts.Count, 3, 8);
        Assert.Equal((uint)10_000, facts.Max(fact => fact.AlertUpdated?.Count ?? 0));
        Assert.Equal(EpisodePhase.Cleared, facts[^1].AlertUpdated.Phase);
        Assert.InRange(_ledger.Entries.Count(entry => entry.Leaf.Origin == LeafOrigin.Door), 5, 20);

        await using DeskHost live = await DeskHost.StartAsync(_ledger);
        Assert.Equal((10_000u, 0u), (live.Presence.Count().Connected, live.Presence.Count().Lost));
        var (_, row) = Assert.Single(live.Alerts.List(long.MaxValue, 10, []));
        Assert.Equal((10_000u, true), (row.Count, row.Cleared));
        await using DeskHost rebuilt = await DeskHost.StartAsync(_ledger);
        Assert.Equal(live.Dump(), rebuilt.Dump());
    }

    [Fact]
    public async Task Presence_from_anyone_but_the_door_decides_nothing()
    {
        _book.Come("d");
        _book.Go("d");
        _book.Pass(61);
        foreach (DevicePresence presence in _book.Entries)
            _ledger.Append("agent-1", record => record.DevicePresence = presence);

        Assert.Empty(await ClerkHost.RunAsync(_ledger));
        await using DeskHost desk = await DeskHost.StartAsync(_ledger);
        Assert.Empty(desk.Presence.List(long.MaxValue, 10, []));
    }

    [Fact]
    public async Task Pages_run_from_the_newest_change_to_the_oldest_and_none_is_told_twice()
    {
        for (int i = 0; i < 25; i++)
            _book.Come($"d{i}");
        _book.Tick();
        _book.Go("d3");
        _book.Pass(61);
        await DecideAsync();
        await using DeskHost desk = await DeskHost.StartAsync(_ledger);

        List<string> seen = [];
        ulong before = long.MaxValue;
        while (desk.Presence.List(before, 10, []) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(item => item.Row.ClientId));
            before = page[^1].Position;
        }

        Assert.Equal((25, 25, "d3"), (seen.Count, seen.Distinct().Count(), seen[0]));
        PresenceRow lost = Assert.Single(desk.Presence.List(long.MaxValue, 10, [PresenceState.Offline])).Row;
        Assert.Equal(("d3", desk.Alerts.List(long.MaxValue, 1, [])[0].Row.AlertId), (lost.ClientId, lost.EpisodeId));
    }

    private async Task<IReadOnlyList<Record>> DecideAsync()
    {
        foreach (DevicePresence presence in _book.Entries)
            _ledger.AppendFact(LeafOrigin.Door, new Record { DevicePresence = presence });
        return await ClerkHost.RunAsync(_ledger);
    }
}
