using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Tests.Faults;

namespace EdgeEnforcement.IngestService.Tests.Ledger;

public sealed class RecentEntriesTests
{
    [Fact]
    public async Task What_is_given_out_from_memory_is_what_lies_on_the_disk()
    {
        var fixture = new LedgerFixture();
        await using var ledger = await fixture.OpenAsync();
        foreach (var request in LedgerScenario.Group(1, 40))
            await ledger.ReceiptAsync(request);
        await ledger.FactAsync(LedgerFixture.Fact("case-1", 0));

        var recent = ledger.Reader.ReadFrom(new EntryIndex(3), 1000);

        Assert.Equal((int)ledger.Reader.DurableSize - 3, recent.Count);
        foreach (var entry in recent)
        {
            var stored = ledger.Reader.Read(entry.Index);
            Assert.Equal(stored.Leaf, entry.Leaf);
            Assert.Equal(stored.LeafBytes.ToArray(), entry.LeafBytes.ToArray());
            Assert.Equal(stored.Salt.ToArray(), entry.Salt.ToArray());
            Assert.Equal(stored.Envelope.ToArray(), entry.Envelope.ToArray());
            Assert.False(entry.IsErased);
        }
        Assert.Equal([5ul, 6ul], ledger.Reader.ReadFrom(new EntryIndex(5), 2).Select(e => e.Index.Value));
    }

    [Fact]
    public async Task Nothing_is_given_out_before_it_is_durable()
    {
        var fixture = new LedgerFixture();
        await using var ledger = await fixture.OpenAsync();
        await ledger.ReceiptAsync(LedgerFixture.Request(1));
        var durable = ledger.Reader.DurableSize;
        using var reached = new SemaphoreSlim(0);
        using var released = new ManualResetEventSlim();
        fixture.Disk.BeforeFlush = () =>
        {
            reached.Release();
            released.Wait();
        };

        var ticket = await ledger.Appender.AppendAsync(LedgerFixture.Request(2), TestContext.Current.CancellationToken);
        await reached.WaitAsync(TestContext.Current.CancellationToken);
        var early = ledger.Reader.ReadFrom(new EntryIndex(durable), 10);
        var pastTheEnd = ledger.Reader.ReadFrom(new EntryIndex(0), 10).Count;
        fixture.Disk.BeforeFlush = null;
        released.Set();
        await ticket.Outcome;

        Assert.Empty(early);
        Assert.Equal((int)durable, pastTheEnd);
        Assert.Single(ledger.Reader.ReadFrom(new EntryIndex(durable), 10));
    }

    /// <summary>Bounded by count: whoever is behind reads the segment, and nothing is missing where the two meet.</summary>
    [Fact]
    public async Task Who_is_far_behind_finds_every_entry_once()
    {
        var fixture = new LedgerFixture();
        await using var ledger = await fixture.OpenAsync();
        const int Count = 20_000; // more than is kept
        var tickets = new List<Task<AppendOutcome>>();
        foreach (var request in LedgerScenario.Group(1, Count, padding: 0))
            tickets.Add((await ledger.Appender.AppendAsync(request, TestContext.Current.CancellationToken)).Outcome);
        await Task.WhenAll(tickets);

        var seen = new List<ulong>();
        while (ledger.Reader.ReadFrom(new EntryIndex((ulong)seen.Count), 1777) is { Count: > 0 } page)
            seen.AddRange(page.Select(e => e.Index.Value));

        Assert.Equal(Enumerable.Range(0, (int)ledger.Reader.DurableSize).Select(i => (ulong)i), seen);
    }
}
