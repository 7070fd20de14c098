using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.IngestService.Tests.Procedure.Clocks;
using EdgeEnforcement.IngestService.Tests.Registers;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Cases.Deadlines;

public sealed class ClockRecomputationTests
{
    private static readonly RegisterChange NewYear = ClockWorld.Calendar2027("2027-01-01", "2027-01-02", "2027-01-03");

    [Fact]
    public async Task A_calendar_that_comes_moves_what_it_touches_and_says_so_once()
    {
        MemoryLedger ledger = DeadlineHost.NewLedger();
        DeadlineHost.File(ledger, "C-1", "2026-12-29 10:00", "D-03");
        DeadlineHost.File(ledger, "C-2", "2026-03-02 10:00", "D-03");
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);
        Assert.Equal(0, await host.RecomputeAsync("2026-12-29 12:00"));
        Assert.Equal(("2027-01-08 00:00", true), Due(await host.CaseAsync("C-1")));
        DeadlineHost.AddCalendar(ledger, NewYear);

        Assert.Equal(1, await host.RecomputeAsync("2026-12-29 12:00"));
        Assert.Equal(0, await host.RecomputeAsync("2026-12-29 12:00"));

        Assert.Equal(("2027-01-09 00:00", false), Due(await host.CaseAsync("C-1")));
        ClocksRecomputed told = Assert.Single(host.Facts(Record.BodyOneofCase.ClocksRecomputed)).ClocksRecomputed;
        Assert.Equal(("2027", 0U, true, "C-1"), (told.CalendarYear, told.Part, told.IsLast, Assert.Single(told.Clocks).CaseId));
    }

    [Fact]
    public async Task A_calendar_that_holds_from_a_later_day_on_moves_clocks_on_that_day()
    {
        MemoryLedger ledger = DeadlineHost.NewLedger();
        DeadlineHost.File(ledger, "C-1", "2026-12-29 10:00", "D-03");
        RegisterChange later = NewYear.Clone();
        later.ValidFrom = RegisterWorld.Stamp("2026-12-30 00:00");
        DeadlineHost.AddCalendar(ledger, later);
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);

        Assert.Equal(0, await host.RecomputeAsync("2026-12-29 23:59:59"));
        Assert.Equal(1, await host.RecomputeAsync("2026-12-30 00:00"));
        Assert.Equal(0, await host.RecomputeAsync("2026-12-30 00:10"));

        Assert.Equal(("2027-01-09 00:00", false), Due(await host.CaseAsync("C-1")));
        Assert.Equal("2027", Assert.Single(host.Facts(Record.BodyOneofCase.ClocksRecomputed)).ClocksRecomputed.CalendarYear);
    }

    [Fact]
    public async Task A_restart_computes_everything_again_and_writes_nothing()
    {
        MemoryLedger ledger = DeadlineHost.NewLedger();
        DeadlineHost.File(ledger, "C-1", "2026-12-29 10:00", "D-03");
        DeadlineHost.AddCalendar(ledger, NewYear);
        await using (DeadlineHost host = await DeadlineHost.StartAsync(ledger))
            Assert.Equal(1, await host.RecomputeAsync("2026-12-29 12:00"));
        ulong size = ledger.DurableSize;

        await using DeadlineHost again = await DeadlineHost.StartAsync(ledger);

        Assert.Equal(0, await again.RecomputeAsync("2026-12-29 12:00"));
        Assert.Equal(size, ledger.DurableSize);
    }

    [Fact]
    public async Task A_clock_started_with_the_old_calendar_while_the_new_one_came_is_met()
    {
        MemoryLedger ledger = DeadlineHost.NewLedger();
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);
        DeadlineHost.AddCalendar(ledger, NewYear);
        Assert.Equal(0, await host.RecomputeAsync("2026-12-29 12:00"));

        DeadlineHost.File(ledger, "C-1", "2026-12-29 10:00", "D-03");

        Assert.Equal(1, await host.RecomputeAsync("2026-12-29 12:00"));
        Assert.Equal(("2027-01-09 00:00", false), Due(await host.CaseAsync("C-1")));
    }

    [Fact]
    public async Task A_walk_that_breaks_off_between_two_parts_is_finished_by_the_next()
    {
        MemoryLedger ledger = DeadlineHost.NewLedger();
        string[] many = [.. Enumerable.Range(0, 520).Select(i => FormattableString.Invariant($"D-03/{i}"))];
        for (int i = 0; i < 10; i++)
            DeadlineHost.File(ledger, $"C-{i}", "2026-12-29 10:00", many);
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);
        await host.RecomputeAsync("2026-12-29 12:00");
        DeadlineHost.AddCalendar(ledger, NewYear);
        int parts = 0;
        ledger.OnAppend = request => request.Type == (ushort)Record.BodyOneofCase.ClocksRecomputed && ++parts == 2 ? new RefusalDetail(RefusalCode.Busy, "full") : null;

        Assert.Equal(5_000, await host.RecomputeAsync("2026-12-29 12:00"));
        Assert.Equal(200, await host.RecomputeAsync("2026-12-29 12:00"));

        for (int i = 0; i < 10; i++)
            Assert.All((await host.CaseAsync($"C-{i}")).Clocks, clock => Assert.Equal(("2027-01-09 00:00", false, 1U), (ClockWorld.Text(clock.DueAt), clock.Provisional, clock.Revision)));
        Assert.Equal(5_200, host.Facts(Record.BodyOneofCase.ClocksRecomputed).Sum(fact => fact.ClocksRecomputed.Clocks.Count));
    }

    [Fact]
    public async Task Marks_told_before_are_not_told_again_by_a_clock_that_moved_back()
    {
        MemoryLedger ledger = DeadlineHost.NewLedger();
        DeadlineHost.AddCalendar(ledger, NewYear);
        DeadlineHost.File(ledger, "C-1", "2026-12-29 10:00", "D-03");
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);
        await host.RecomputeAsync("2026-12-29 12:00");
        Assert.Equal(3, await host.TickAsync("2027-01-08 12:00"));
        await host.CaseAsync("C-1");
        DeadlineHost.AddCalendar(ledger, ClockWorld.Calendar2027());

        Assert.Equal(1, await host.RecomputeAsync("2027-01-08 12:00"));
        await host.TickAsync("2027-01-08 12:00");

        Assert.Equal(["Half", "Eighty", "LastDay", "Expired"], host.Facts(Record.BodyOneofCase.ClockReached).Select(fact => fact.ClockReached.Stage.ToString()));
    }

    private static (string, bool) Due(ProcedureCase subject) => (ClockWorld.Text(subject.Clocks[0].DueAt), subject.Clocks[0].Provisional);
}
