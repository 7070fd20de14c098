using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Tests.Ledger;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.SegmentLog.Space;

namespace EdgeEnforcement.IngestService.Tests.Space;

/// <summary>What the sequencer takes while the room shrinks, and what a disk that is full in spite of it leaves behind.</summary>
public sealed class FullLedgerTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly LedgerFixture _fixture = new();
    private readonly Room _room = new();

    [Fact]
    public async Task Busy_is_per_class_and_only_for_what_is_new_and_ends_without_a_restart()
    {
        _fixture.Room = _room;
        var core = await _fixture.OpenAsync();
        var known = LedgerFixture.Request(1, recordClass: RecordClass.P2);
        var original = await core.ReceiptAsync(known);

        _room.Refused = [RecordClass.P1, RecordClass.P2];
        Assert.Equal(RefusalCode.Busy, await core.RefusalAsync(LedgerFixture.Request(2, recordClass: RecordClass.P2)));
        Assert.Equal(RefusalCode.Busy, await core.RefusalAsync(LedgerFixture.Request(1, recordClass: RecordClass.P1)));
        await core.ReceiptAsync(LedgerFixture.Request(1));
        // A resend is answered: that receipt is what lets the sender free his disk.
        (await core.ReceiptAsync(known)).AssertOriginal(original, ReceiptCode.Duplicate);
        // The service's own facts and operators' acts are not asked for.
        Assert.NotNull((await core.FactAsync(LedgerFixture.Fact("alert/1", 0))).Outcome.Receipt);

        _room.Refused = [RecordClass.P0, RecordClass.P1, RecordClass.P2];
        Assert.Equal(RefusalCode.Busy, await core.RefusalAsync(LedgerFixture.Request(2)));
        Assert.NotNull((await core.FactAsync(LedgerFixture.Fact("alert/2", 0))).Outcome.Receipt);

        _room.Refused = [];
        // Refused means that nothing was noted: no number was taken, no gap was opened.
        Assert.Equal(4UL, (await core.ReceiptAsync(LedgerFixture.Request(2, recordClass: RecordClass.P2))).Index.Value);
        await core.ReceiptAsync(LedgerFixture.Request(2));
        Assert.Equal(0UL, core.Marks.GapCount("station-1"));
        await core.DisposeAsync();
    }

    // The room says yes and the disk says no, at any byte: nothing is acknowledged that is not there, the shard stops, and recovery brings
    // back exactly what was acknowledged.
    [Fact]
    public async Task A_disk_that_is_full_all_the_same_stops_the_shard_and_acknowledges_nothing_that_it_does_not_hold()
    {
        var stopped = 0;
        for (var free = 0; free < 4000; free += 97)
        {
            var fixture = new LedgerFixture();
            var core = await fixture.OpenAsync();
            await core.ReceiptAsync(LedgerFixture.Request(1));
            await core.Proofs.WaitForSizeAsync(1, TestContext.Current.CancellationToken);
            fixture.Disk.FreeBytes = free;

            var receipts = new List<AppendReceipt>();
            try
            {
                for (ulong sequence = 2; sequence <= 20; sequence++)
                    receipts.Add(await core.ReceiptAsync(LedgerFixture.Request(sequence, padding: 50)));
            }
            catch (LedgerFatalException fatal)
            {
                stopped++;
                Assert.True(DiskFull.IsRefusedWrite(fatal), fatal.ToString());
                await Assert.ThrowsAnyAsync<Exception>(() => core.Completion.WaitAsync(Deadline));
                await Assert.ThrowsAsync<LedgerFatalException>(() => core.AppendAsync(LedgerFixture.Request(1))); // sticky
            }
            await core.DisposeAsync();

            fixture.Disk.RestartProcess();
            fixture.Disk.FreeBytes = 1 << 20;
            var recovered = await fixture.OpenAsync();
            var entries = recovered.AllEntries();
            Assert.All(receipts, r => Assert.True(entries[(int)r.Index.Value].LeafBytes.Span.SequenceEqual(r.Leaf.Span)));
            Assert.Equal(receipts.Count + 1, entries.Count(e => LeafFormat.TryParse(e.LeafBytes.Span, out var leaf) && leaf.Origin == LeafOrigin.Producer));
            await recovered.ReceiptAsync(LedgerFixture.Request((ulong)receipts.Count + 2, padding: 50));
            await recovered.DisposeAsync();
        }
        Assert.True(stopped > 20, $"the disk was full {stopped} times");
    }

    [Fact]
    public async Task A_start_without_room_for_the_copy_of_a_segment_says_how_much_it_needs_and_succeeds_when_it_is_there()
    {
        var core = await _fixture.OpenAsync();
        await core.ReceiptAsync(LedgerFixture.Request(1, padding: 5000));
        await core.DisposeAsync();
        _fixture.Disk.RestartProcess();
        _fixture.Disk.FreeBytes = 4000;

        var refused = await Assert.ThrowsAsync<SegmentSpaceException>(_fixture.OpenAsync);
        Assert.Contains($"needs {refused.NeededBytes} bytes", refused.Message);

        _fixture.Disk.FreeBytes = 1 << 20;
        var opened = await _fixture.OpenAsync();
        Assert.Equal(1UL, opened.Reader.DurableSize);
        await opened.DisposeAsync();
    }

    private sealed class Room : ILedgerRoom
    {
        public RecordClass[] Refused { get; set; } = [];

        public RefusalDetail? WhyNot(RecordClass recordClass) =>
            Refused.Contains(recordClass) ? new RefusalDetail(RefusalCode.Busy, $"no room for {recordClass}") : null;
    }
}
