using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.IngestService.Tests.Ledger;

public sealed class DuplicateTests
{
    private readonly LedgerFixture _fixture = new();

    [Fact]
    public async Task A_receipt_covers_the_envelope()
    {
        await using var core = await _fixture.OpenAsync();
        var request = LedgerFixture.Request(1);

        var receipt = await core.ReceiptAsync(request);

        Assert.Equal(ReceiptCode.Appended, receipt.Code);
        receipt.AssertCovers(request);
        var stored = core.Reader.Read(receipt.Index);
        Assert.True(stored.Envelope.Span.SequenceEqual(request.Envelope.Span));
        Assert.True(stored.LeafBytes.Span.SequenceEqual(receipt.Leaf.Span));
    }

    [Fact]
    public async Task A_copy_in_the_same_group_gets_the_same_entry()
    {
        var core = LedgerCore.Open(_fixture.Setting);
        // The queue is not started: all three wait and become one group.
        var tickets = new List<AppendTicket>();
        for (var i = 0; i < 3; i++)
            tickets.Add(await core.Appender.AppendAsync(LedgerFixture.Request(1), TestContext.Current.CancellationToken));
        await core.StartAsync(TestContext.Current.CancellationToken);

        var original = (await tickets[0].Outcome).Receipt!;
        Assert.Equal(ReceiptCode.Appended, original.Code);
        foreach (var copy in tickets.Skip(1))
            (await copy.Outcome).Receipt!.AssertOriginal(original, ReceiptCode.Duplicate);
        Assert.Equal(1UL, core.Reader.DurableSize);
        await core.DisposeAsync();
    }

    [Fact]
    public async Task A_durable_duplicate_gets_the_original_receipt()
    {
        await using var core = await _fixture.OpenAsync();
        var original = await core.ReceiptAsync(LedgerFixture.Request(1));
        await core.ReceiptAsync(LedgerFixture.Request(2));

        (await core.ReceiptAsync(LedgerFixture.Request(1))).AssertOriginal(original, ReceiptCode.Duplicate);

        Assert.Equal(2UL, core.Reader.DurableSize);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Duplicates_of_sealed_segments_get_the_original_receipt_before_and_after_a_restart(bool withoutSnapshots)
    {
        _fixture.Options.SegmentBytes = 4096;
        var core = await _fixture.OpenAsync();
        var originals = new List<AppendReceipt>();
        for (ulong i = 1; i <= 100; i++)
            originals.Add(await core.ReceiptAsync(LedgerFixture.Request(i, padding: 300)));
        Assert.True(core.SegmentCount > 5);
        await AssertAllKnownAsync(core, originals);

        await core.DisposeAsync();
        if (withoutSnapshots)
            foreach (var name in _fixture.Disk.EnumerateFiles(_fixture.Paths.Snapshots))
                _fixture.Disk.Delete(Path.Combine(_fixture.Paths.Snapshots, name));
        else
            Assert.Contains(_fixture.Disk.EnumerateFiles(_fixture.Paths.Snapshots), n => n.EndsWith(".state", StringComparison.Ordinal));

        await using var again = await _fixture.OpenAsync();
        await AssertAllKnownAsync(again, originals);
        Assert.Equal(100UL, again.Reader.DurableSize);
        Assert.Equal(100UL, Assert.Single(again.Marks.Marks("station-1", 1)).LastSequence);
    }

    private static async Task AssertAllKnownAsync(LedgerCore core, List<AppendReceipt> originals)
    {
        for (var i = 0; i < originals.Count; i++)
            (await core.ReceiptAsync(LedgerFixture.Request((ulong)i + 1, padding: 300))).AssertOriginal(originals[i], ReceiptCode.Duplicate);
    }

    [Fact]
    public async Task Other_bytes_are_kept_as_a_conflict_once_and_disturb_no_mark()
    {
        await using var core = await _fixture.OpenAsync();
        var original = await core.ReceiptAsync(LedgerFixture.Request(1));
        var other = LedgerFixture.Request(1, content: "other");

        var conflict = await core.ReceiptAsync(other);

        Assert.Equal(ReceiptCode.Conflict, conflict.Code);
        conflict.AssertCovers(other);
        Assert.True(LeafFormat.TryParse(conflict.Leaf.Span, out var leaf) && leaf.Flags.HasFlag(LeafFlags.Conflict));
        var alarm = core.Reader.Read(new EntryIndex(2));
        Assert.True(EnvelopeReader.TryRead(alarm.Envelope, out var fact));
        Assert.Equal(("ledger", 0UL, 1UL, "station-1"), (alarm.Leaf.Producer, fact.Record!.IdentityConflict.OriginalIndex,
            fact.Record.IdentityConflict.ConflictIndex, fact.Record.IdentityConflict.Producer));

        // Again and again: neither grows the ledger, and the original is still the original.
        (await core.ReceiptAsync(other)).AssertOriginal(conflict, ReceiptCode.Conflict);
        (await core.ReceiptAsync(LedgerFixture.Request(1))).AssertOriginal(original, ReceiptCode.Duplicate);
        Assert.Equal(3UL, core.Reader.DurableSize);
        Assert.Equal(1UL, Assert.Single(core.Marks.Marks("station-1", 1)).LastSequence);
        Assert.Equal(ReceiptCode.Appended, (await core.ReceiptAsync(LedgerFixture.Request(2))).Code);
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(4096)]
    public async Task A_conflict_is_remembered_over_restarts(long segmentBytes)
    {
        _fixture.Options.SegmentBytes = segmentBytes;
        var core = await _fixture.OpenAsync();
        var original = await core.ReceiptAsync(LedgerFixture.Request(1));
        var conflict = await core.ReceiptAsync(LedgerFixture.Request(1, content: "other"));
        for (ulong i = 2; i <= 40; i++)
            await core.ReceiptAsync(LedgerFixture.Request(i, padding: 300));
        await core.DisposeAsync();

        await using var again = await _fixture.OpenAsync();
        (await again.ReceiptAsync(LedgerFixture.Request(1, content: "other"))).AssertOriginal(conflict, ReceiptCode.Conflict);
        (await again.ReceiptAsync(LedgerFixture.Request(1))).AssertOriginal(original, ReceiptCode.Duplicate);
        Assert.Equal(42UL, again.Reader.DurableSize);
    }

    [Fact]
    public async Task Conflicting_copies_in_one_group_make_one_conflict_entry()
    {
        var core = LedgerCore.Open(_fixture.Setting);
        var tickets = new List<AppendTicket>();
        foreach (var content in (string[])["a", "b", "b", "a"])
            tickets.Add(await core.Appender.AppendAsync(LedgerFixture.Request(1, content: content), TestContext.Current.CancellationToken));
        await core.StartAsync(TestContext.Current.CancellationToken);

        var codes = new List<ReceiptCode>();
        foreach (var ticket in tickets)
            codes.Add((await ticket.Outcome).Receipt!.Code);
        Assert.Equal([ReceiptCode.Appended, ReceiptCode.Conflict, ReceiptCode.Conflict, ReceiptCode.Duplicate], codes);
        Assert.Equal(3UL, core.Reader.DurableSize);
        await core.DisposeAsync();
    }

    [Fact]
    public async Task Gaps_are_known_fillable_and_limited()
    {
        await using var core = await _fixture.OpenAsync();
        var tickets = new List<AppendTicket>();
        for (ulong i = 1; i <= 4096; i++)
            tickets.Add(await core.Appender.AppendAsync(LedgerFixture.Request(2 * i), TestContext.Current.CancellationToken));
        foreach (var ticket in tickets)
            Assert.NotNull((await ticket.Outcome).Receipt);
        Assert.Equal(4096UL, core.Marks.GapCount("station-1"));

        Assert.Equal(RefusalCode.TooManyGaps, await core.RefusalAsync(LedgerFixture.Request(8194)));
        Assert.Equal(ReceiptCode.Appended, (await core.ReceiptAsync(LedgerFixture.Request(8193))).Code);
        Assert.Equal(ReceiptCode.Appended, (await core.ReceiptAsync(LedgerFixture.Request(77))).Code);
        Assert.Equal(ReceiptCode.Appended, (await core.ReceiptAsync(LedgerFixture.Request(8195))).Code);
        Assert.Equal(RefusalCode.TooManyGaps, await core.RefusalAsync(LedgerFixture.Request(8197)));
        Assert.Equal(4096UL, core.Marks.GapCount("station-1"));
    }

    [Fact]
    public async Task Gaps_survive_a_restart()
    {
        var core = await _fixture.OpenAsync();
        foreach (var sequence in (ulong[])[1, 5, 9, 6])
            await core.ReceiptAsync(LedgerFixture.Request(sequence));
        await core.DisposeAsync();

        await using var again = await _fixture.OpenAsync();
        Assert.Equal(5UL, again.Marks.GapCount("station-1"));
        Assert.Equal(ReceiptCode.Duplicate, (await again.ReceiptAsync(LedgerFixture.Request(6))).Code);
        Assert.Equal(ReceiptCode.Appended, (await again.ReceiptAsync(LedgerFixture.Request(3))).Code);
        Assert.Equal(4UL, again.Marks.GapCount("station-1"));
    }

    [Fact]
    public async Task A_lower_epoch_is_stale_but_its_durable_records_are_still_known()
    {
        await using var core = await _fixture.OpenAsync();
        var old = await core.ReceiptAsync(LedgerFixture.Request(1, epoch: 1));
        await core.ReceiptAsync(LedgerFixture.Request(1, epoch: 2));

        Assert.Equal(RefusalCode.StaleEpoch, await core.RefusalAsync(LedgerFixture.Request(2, epoch: 1)));
        (await core.ReceiptAsync(LedgerFixture.Request(1, epoch: 1))).AssertOriginal(old, ReceiptCode.Duplicate);
        Assert.Equal(2UL, core.Reader.DurableSize);
    }

    [Fact]
    public async Task Epochs_are_confirmed_as_hello_asks()
    {
        await using var core = await _fixture.OpenAsync();
        Assert.Equal(1U, core.Marks.ConfirmEpoch("station-1", 0, newEpoch: false));
        await core.ReceiptAsync(LedgerFixture.Request(1, epoch: 1));

        Assert.Equal(1U, core.Marks.ConfirmEpoch("station-1", 1, newEpoch: false));
        Assert.Equal(2U, core.Marks.ConfirmEpoch("station-1", 1, newEpoch: true));
        // A clone that asks at the same time gets another one.
        Assert.Equal(3U, core.Marks.ConfirmEpoch("station-1", 1, newEpoch: true));
        Assert.Null(core.Marks.ConfirmEpoch("station-1", 1, newEpoch: false));
        Assert.Null(core.Marks.ConfirmEpoch("station-1", 9, newEpoch: false));
        Assert.Null(core.Marks.ConfirmEpoch("never-seen", 4, newEpoch: false));
    }

    [Fact]
    public async Task What_the_leaf_cannot_hold_is_refused_and_stops_nothing()
    {
        await using var core = await _fixture.OpenAsync();

        Assert.Equal(RefusalCode.BadIdentity, await core.RefusalAsync(LedgerFixture.Request(0)));
        Assert.Equal(RefusalCode.BadIdentity, await core.RefusalAsync(LedgerFixture.Request(1, producer: "a b")));
        Assert.Equal(RefusalCode.BadIdentity, await core.RefusalAsync(LedgerFixture.Request(1, producer: "desk")));
        Assert.Equal(RefusalCode.TooLarge, await core.RefusalAsync(LedgerFixture.Request(1, padding: EnvelopeReader.MaxBytes)));

        Assert.Equal(0UL, core.Reader.DurableSize);
        Assert.Equal(ReceiptCode.Appended, (await core.ReceiptAsync(LedgerFixture.Request(1))).Code);
    }

    [Fact]
    public async Task Ingest_time_does_not_run_backwards()
    {
        var core = await _fixture.OpenAsync();
        await core.ReceiptAsync(LedgerFixture.Request(1));
        _fixture.Time.Now -= TimeSpan.FromHours(1);
        await core.ReceiptAsync(LedgerFixture.Request(2));
        await core.DisposeAsync();

        await using var again = await _fixture.OpenAsync();
        await again.ReceiptAsync(LedgerFixture.Request(3));
        var times = again.AllEntries().Select(e => e.Leaf.IngestTimeMicros).ToArray();
        Assert.Equal(times.Order(), times);
    }
}
