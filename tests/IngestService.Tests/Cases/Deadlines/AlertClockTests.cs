using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.IngestService.Tests.Procedure.Clocks;
using EdgeEnforcement.IngestService.Tests.Procedure.Rules;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Cases.Deadlines;

/// <summary>D-27 with the sample rules: a warning waits 60 minutes by day and 240 by night, a critical alert 10 and 20.</summary>
public sealed class AlertClockTests
{
    [Theory]
    [InlineData("2026-03-02 10:59:59", 0)]
    [InlineData("2026-03-02 11:00", 1)]
    [InlineData("2026-03-09 00:00", 1)]
    public async Task It_is_told_at_the_instant_and_not_before(string now, int told)
    {
        MemoryLedger ledger = Ledger(("a", AlertSeverity.Warning, "2026-03-02 10:00"));
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);

        Assert.Equal(told, await TickAsync(host, now));
        await host.Desk.CatchUpAsync(ledger);

        Assert.Equal((told == 1, (ulong)told), (host.Desk.Alerts.Find("a")!.Row.Overdue, host.Desk.Alerts.CountOverdue()));
    }

    [Fact]
    public async Task It_is_told_once_whatever_the_clock_says_and_however_often_the_service_starts()
    {
        MemoryLedger ledger = Ledger(("a", AlertSeverity.Warning, "2026-03-02 10:00"), ("b", AlertSeverity.Critical, "2026-03-02 23:00"));
        await using (DeadlineHost host = await DeadlineHost.StartAsync(ledger))
        {
            Assert.Equal(1, await TickAsync(host, "2026-03-02 11:00"));
            Assert.Equal(0, await TickAsync(host, "2026-03-02 10:30"));
            Assert.Equal(0, await TickAsync(host, "2026-03-02 23:19:59"));
        }

        await using DeadlineHost again = await DeadlineHost.StartAsync(ledger);
        Assert.Equal(1, await TickAsync(again, "2026-03-02 23:20"));
        Assert.Equal(0, await TickAsync(again, "2026-04-01 00:00"));

        Assert.Equal(["a 2026-03-02T03:00:00Z", "b 2026-03-02T15:20:00Z"], Told(again));
        Assert.All(again.Facts(Record.BodyOneofCase.AlertOverdue), fact => Assert.Equal(1UL, fact.AlertOverdue.RulesEntry));
    }

    [Fact]
    public async Task Two_that_tick_at_once_tell_it_once()
    {
        MemoryLedger ledger = Ledger([.. Enumerable.Range(0, 600).Select(i => ($"a{i}", AlertSeverity.Warning, "2026-03-02 10:00"))]);
        await using DeadlineHost one = await DeadlineHost.StartAsync(ledger);
        await using DeadlineHost other = await DeadlineHost.StartAsync(ledger);

        await Task.WhenAll(TickAsync(one, "2026-03-02 12:00"), TickAsync(other, "2026-03-02 12:00"));
        await TickAsync(one, "2026-03-02 12:00");

        Assert.Equal(600, Told(one).Count());
        Assert.Equal(600, Told(one).Distinct().Count());
    }

    [Fact]
    public async Task Who_took_it_up_in_time_is_not_told_of_and_who_came_late_stays_late()
    {
        MemoryLedger ledger = Ledger(("a", AlertSeverity.Warning, "2026-03-02 10:00"), ("late", AlertSeverity.Warning, "2026-03-02 10:00"));
        ledger.AppendFact(LeafOrigin.Operator, Acknowledged("a"));
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);
        await TickAsync(host, "2026-03-02 11:00");

        ledger.AppendFact(LeafOrigin.Operator, Acknowledged("late")); // the mark moved nothing that the act rests on
        await host.Desk.CatchUpAsync(ledger);

        Assert.Equal(["late 2026-03-02T03:00:00Z"], Told(host));
        AlertRow late = host.Desk.Alerts.Find("late")!.Row;
        Assert.Equal((AlertState.Acknowledged, true, null, 0UL), (late.State, late.Overdue, late.AcknowledgeBy, host.Desk.Alerts.CountOverdue()));
        Assert.False(host.Desk.Alerts.Find("a")!.Row.Overdue);
    }

    [Fact]
    public async Task An_act_that_came_first_in_the_ledger_wins()
    {
        MemoryLedger ledger = Ledger(("a", AlertSeverity.Warning, "2026-03-02 10:00"));
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);
        bool acted = false;
        ledger.OnAppend = _ =>
        {
            if (!acted)
            {
                acted = true;
                ledger.AppendFact(LeafOrigin.Operator, Acknowledged("a"));
            }

            return null;
        };
        await TickAsync(host, "2026-03-02 11:00");
        ledger.OnAppend = null;
        await host.Desk.CatchUpAsync(ledger);

        Assert.Equal((AlertState.Acknowledged, false), (host.Desk.Alerts.Find("a")!.Row.State, host.Desk.Alerts.Find("a")!.Row.Overdue));
        Assert.Equal(0, await TickAsync(host, "2026-03-02 12:00"));
    }

    [Fact]
    public async Task A_full_ledger_loses_none()
    {
        MemoryLedger ledger = Ledger(("a", AlertSeverity.Warning, "2026-03-02 10:00"));
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);
        ledger.OnAppend = _ => new RefusalDetail(RefusalCode.Busy, "full");
        Assert.Equal(0, await TickAsync(host, "2026-03-02 11:00"));
        ledger.OnAppend = null;

        Assert.Equal(1, await TickAsync(host, "2026-03-02 11:00"));
    }

    [Fact]
    public async Task A_graver_alert_is_due_sooner()
    {
        MemoryLedger ledger = Ledger(("a", AlertSeverity.Warning, "2026-03-02 10:00"));
        ledger.NowMicros = RegisterWorld.At("2026-03-02 10:15");
        ledger.AppendFact(LeafOrigin.Clerk, new Record { AlertUpdated = new AlertUpdated { AlertId = "a", Severity = AlertSeverity.Critical, Count = 2 } });
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);

        Assert.Equal(RegisterWorld.Stamp("2026-03-02 10:25"), host.Desk.Alerts.Find("a")!.Row.AcknowledgeBy);
        ledger.NowMicros = RegisterWorld.At("2026-03-02 10:20");
        ledger.AppendFact(LeafOrigin.Clerk, new Record { AlertUpdated = new AlertUpdated { AlertId = "a", Severity = AlertSeverity.Critical, Count = 3 } });
        await host.Desk.CatchUpAsync(ledger);
        Assert.Equal(RegisterWorld.Stamp("2026-03-02 10:25"), host.Desk.Alerts.Find("a")!.Row.AcknowledgeBy);
    }

    [Fact]
    public async Task What_waited_before_there_were_rules_is_due_from_their_entry_and_other_rules_move_nothing()
    {
        MemoryLedger ledger = new() { NowMicros = RegisterWorld.At("2026-03-01 08:00") };
        ledger.AppendFact(LeafOrigin.Clerk, Story.Opened("old"));
        ledger.AppendFact(LeafOrigin.Clerk, Story.Opened("seen"));
        ledger.AppendFact(LeafOrigin.Operator, Acknowledged("seen"));
        ledger.NowMicros = RegisterWorld.At("2026-03-02 08:00");
        Activate(ledger);
        ledger.NowMicros = RegisterWorld.At("2026-03-02 08:30");
        Activate(ledger);
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);

        Assert.Equal(RegisterWorld.Stamp("2026-03-02 09:00"), host.Desk.Alerts.Find("old")!.Row.AcknowledgeBy);
        Assert.Null(host.Desk.Alerts.Find("seen")!.Row.AcknowledgeBy);
    }

    [Fact]
    public async Task Without_rules_there_is_no_clock()
    {
        MemoryLedger ledger = new() { NowMicros = RegisterWorld.At("2026-03-01 08:00") };
        ledger.AppendFact(LeafOrigin.Clerk, Story.Opened("a"));
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);

        Assert.Equal(0, await TickAsync(host, "2027-03-01 08:00"));
        Assert.Null(host.Desk.Alerts.Find("a")!.Row.AcknowledgeBy);
    }

    private static MemoryLedger Ledger(params (string Id, AlertSeverity Severity, string At)[] alerts)
    {
        MemoryLedger ledger = DeadlineHost.NewLedger();
        foreach ((string id, AlertSeverity severity, string at) in alerts)
        {
            ledger.NowMicros = RegisterWorld.At(at);
            Record opened = Story.Opened(id);
            opened.AlertOpened.Severity = severity;
            ledger.AppendFact(LeafOrigin.Clerk, opened);
        }

        return ledger;
    }

    private static Record Acknowledged(string alertId) => Story.OnAlert(
        alertId, 1, record => record.AlertAcknowledged = new AlertAcknowledged { AlertId = alertId, Actor = Story.Operator });

    private static void Activate(MemoryLedger ledger) => ledger.AppendFact(LeafOrigin.Operator, new Record
    {
        ProcedureRulesActivated = new ProcedureRulesActivated { Content = ByteString.CopyFrom(ProcedureRulesParserTests.ReadSample()), Version = "test" },
    });

    private static Task<int> TickAsync(DeadlineHost host, string now) => host.Alerts.TickAsync(ClockWorld.Instant(now), DeadlineHost.Cancellation);

    private static IEnumerable<string> Told(DeadlineHost host) => host.Facts(Record.BodyOneofCase.AlertOverdue)
        .Select(fact => FormattableString.Invariant($"{fact.AlertOverdue.AlertId} {fact.AlertOverdue.DueAt.ToDateTimeOffset():yyyy-MM-ddTHH:mm:ssZ}"));
}
