using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Cases.Deadlines;

public sealed class DeadlineClockTests
{
    [Theory]
    [InlineData("2026-06-01 23:59:59", 3)]
    [InlineData("2026-06-02 00:00", 4)]
    [InlineData("2026-06-09 00:00", 4)]
    public async Task Marks_at_or_before_the_instant_are_told_and_no_other(string now, int told)
    {
        MemoryLedger ledger = DeadlineHost.NewLedger();
        DeadlineHost.File(ledger, "C-1", "2026-03-02 10:00", "D-01");
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);

        Assert.Equal(told, await host.TickAsync(now));
        Assert.Equal(0, await host.TickAsync(now));

        ProcedureCase subject = await host.CaseAsync("C-1");
        Assert.Equal((told, (ulong)told), (subject.Clocks[0].Reached.Count, subject.ClockVersion));
        Assert.Equal(told, host.Told().Distinct().Count());
    }

    [Fact]
    public async Task Nothing_is_told_before_the_first_mark()
    {
        MemoryLedger ledger = DeadlineHost.NewLedger();
        DeadlineHost.File(ledger, "C-1", "2026-03-02 10:00", "D-01");
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);

        Assert.Equal(0, await host.TickAsync("2026-04-16 23:59:59"));
        Assert.Equal(1, await host.TickAsync("2026-04-17 00:00"));
    }

    [Fact]
    public async Task A_restart_finds_what_is_due_and_tells_nothing_twice()
    {
        MemoryLedger ledger = DeadlineHost.NewLedger();
        DeadlineHost.File(ledger, "C-1", "2026-03-02 10:00", "D-01");
        await using (DeadlineHost first = await DeadlineHost.StartAsync(ledger))
            Assert.Equal(2, await first.TickAsync("2026-05-20 00:00"));

        await using DeadlineHost again = await DeadlineHost.StartAsync(ledger);

        Assert.Equal(0, await again.TickAsync("2026-05-20 00:00"));
        Assert.Equal(2, await again.TickAsync("2026-06-02 00:00"));
        Assert.Equal(["C-1 D-01 Half 0", "C-1 D-01 Eighty 0", "C-1 D-01 LastDay 0", "C-1 D-01 Expired 0"], again.Told());
    }

    [Fact]
    public async Task A_process_that_dies_between_two_marks_leaves_the_second_due()
    {
        MemoryLedger ledger = DeadlineHost.NewLedger();
        DeadlineHost.File(ledger, "C-1", "2026-03-02 10:00", "D-01");
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);
        int appended = 0;
        ledger.OnAppend = _ => ++appended == 2 ? throw new IOException("killed") : null;
        await Assert.ThrowsAsync<IOException>(() => host.TickAsync("2026-06-02 00:00"));
        ledger.OnAppend = null;

        Assert.Equal(3, await host.TickAsync("2026-06-02 00:00"));

        Assert.Equal(["C-1 D-01 Half 0", "C-1 D-01 Eighty 0", "C-1 D-01 LastDay 0", "C-1 D-01 Expired 0"], host.Told());
    }

    [Fact]
    public async Task A_full_ledger_loses_no_mark()
    {
        MemoryLedger ledger = DeadlineHost.NewLedger();
        DeadlineHost.File(ledger, "C-1", "2026-03-02 10:00", "D-01");
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);
        ledger.OnAppend = _ => new RefusalDetail(RefusalCode.Busy, "full");
        Assert.Equal(0, await host.TickAsync("2026-04-17 00:00"));
        ledger.OnAppend = null;

        Assert.Equal(1, await host.TickAsync("2026-04-17 00:00"));
    }

    [Fact]
    public async Task Two_that_tick_at_once_tell_each_mark_once()
    {
        MemoryLedger ledger = DeadlineHost.NewLedger();
        for (int i = 0; i < 40; i++)
            DeadlineHost.File(ledger, $"C-{i}", "2026-03-02 10:00", "D-01", "D-03");
        await using DeadlineHost one = await DeadlineHost.StartAsync(ledger);
        await using DeadlineHost other = await DeadlineHost.StartAsync(ledger);

        await Task.WhenAll(one.TickAsync("2026-06-02 00:00"), other.TickAsync("2026-06-02 00:00"));
        await one.TickAsync("2026-06-02 00:00");

        Assert.Equal(40 * 8, one.Told().Count());
        Assert.Equal(40 * 8, one.Told().Distinct().Count());
    }

    [Fact]
    public async Task Expiry_makes_a_task_that_goes_with_the_clock()
    {
        MemoryLedger ledger = DeadlineHost.NewLedger();
        DeadlineHost.File(ledger, "C-1", "2026-03-02 10:00", "D-03");
        await using DeadlineHost host = await DeadlineHost.StartAsync(ledger);
        await host.TickAsync("2026-03-11 23:59:59");
        await host.CaseAsync("C-1");
        Assert.Empty(host.Clocks.Tasks(ClockEffect.ReleaseTask, 10));

        await host.TickAsync("2026-03-12 00:00");
        ProcedureCase subject = await host.CaseAsync("C-1");

        Assert.Equal("C-1", Assert.Single(host.Clocks.Tasks(ClockEffect.ReleaseTask, 10)).CaseId);
        ClockState stopped = subject.Clocks[0].Clone();
        stopped.StoppedAt = stopped.DueAt;
        ledger.AppendFact(LeafOrigin.Operator, new Record
        {
            ProcedureActed = new ProcedureActed
            {
                CaseId = "C-1", From = subject.State, To = subject.State, Act = new ProcedureAct { Kind = ProcedureActKind.SettlePreservation, Actor = new Actor { Id = "p1" } },
                Clocks = { new ClockChange { Kind = ClockChangeKind.Stopped, Clock = stopped } },
            },
        });
        await host.CaseAsync("C-1");
        Assert.Empty(host.Clocks.Tasks(ClockEffect.ReleaseTask, 10));
    }

    [Fact]
    public async Task Tables_folded_again_are_the_same()
    {
        MemoryLedger ledger = DeadlineHost.NewLedger();
        DeadlineHost.File(ledger, "C-1", "2026-03-02 10:00", "D-01", "D-03");
        string live;
        await using (DeadlineHost host = await DeadlineHost.StartAsync(ledger))
        {
            await host.TickAsync("2026-05-20 00:00");
            live = (await host.CaseAsync("C-1")).ToString();
        }

        await using DeadlineHost again = await DeadlineHost.StartAsync(ledger);

        Assert.Equal(live, (await again.CaseAsync("C-1")).ToString());
        Assert.Equal(0, await again.TickAsync("2026-05-20 00:00"));
    }
}
