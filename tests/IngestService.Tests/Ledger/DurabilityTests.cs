using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.IngestService.Tests.Ledger;

public sealed class DurabilityTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly LedgerFixture _fixture = new();

    [Fact]
    public async Task No_ticket_is_complete_before_the_flush_returns()
    {
        // Checkpoints flush too: none may come in between.
        var core = await _fixture.OpenAsync();
        var first = await core.ReceiptAsync(LedgerFixture.Request(1));
        await core.Proofs.WaitForSizeAsync(1, TestContext.Current.CancellationToken);
        using var reached = new SemaphoreSlim(0);
        using var released = new SemaphoreSlim(0);
        _fixture.Disk.BeforeFlush = () =>
        {
            reached.Release();
            released.Wait(Deadline);
        };

        var fresh = await core.Appender.AppendAsync(LedgerFixture.Request(2), TestContext.Current.CancellationToken);
        Assert.True(await reached.WaitAsync(Deadline, TestContext.Current.CancellationToken));
        Assert.False(fresh.Outcome.IsCompleted);
        Assert.Equal(1UL, core.Reader.DurableSize);

        _fixture.Disk.BeforeFlush = null;
        released.Release();
        Assert.Equal(1UL, (await fresh.Outcome.WaitAsync(Deadline)).Receipt!.Index.Value);
        Assert.Equal(0UL, first.Index.Value);
        await core.DisposeAsync();
    }

    [Fact]
    public async Task A_failed_flush_fails_its_group_and_everything_after_it()
    {
        var core = await _fixture.OpenAsync();
        await core.ReceiptAsync(LedgerFixture.Request(1));
        await core.Proofs.WaitForSizeAsync(1, TestContext.Current.CancellationToken);
        // The write is the next call, the flush the one after it.
        _fixture.Disk.FailAt(2, ShadowFault.FailBeforeEffect);

        var ticket = await core.Appender.AppendAsync(LedgerFixture.Request(2), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<LedgerFatalException>(() => ticket.Outcome.WaitAsync(Deadline));
        _fixture.Disk.ClearFault();
        await Assert.ThrowsAnyAsync<Exception>(() => core.Completion.WaitAsync(Deadline));
        await Assert.ThrowsAsync<LedgerFatalException>(() => core.AppendAsync(LedgerFixture.Request(2)));
        await Assert.ThrowsAsync<LedgerFatalException>(() => core.AppendAsync(LedgerFixture.Request(1)));
        await core.DisposeAsync();
    }

    public static TheoryData<CrashMode> Modes => [.. Enum.GetValues<CrashMode>()];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task After_a_power_cut_at_any_call_every_receipt_is_there_once_and_provable(CrashMode mode)
    {
        var reached = true;
        for (var call = 1; reached; call += 3)
            reached = await CutPowerAtAsync(mode, call);
    }

    /// False when the work was over before the call was reached.
    private static async Task<bool> CutPowerAtAsync(CrashMode mode, int call)
    {
        var fixture = new LedgerFixture();
        fixture.Options.SegmentBytes = 4096;
        var receipts = new Dictionary<ulong, AppendReceipt>();
        fixture.Disk.FailAt(call, call % 2 == 0 ? ShadowFault.PowerOffBeforeEffect : ShadowFault.PowerOffAfterEffect);
        var reached = await WorkUntilTheCutAsync(fixture, receipts);
        if (!reached)
            return false;

        fixture.Disk.Crash(mode, seed: call);
        await using var again = await fixture.OpenAsync();
        foreach (var (sequence, receipt) in receipts)
        {
            Assert.True(again.Reader.Read(receipt.Index).LeafBytes.Span.SequenceEqual(receipt.Leaf.Span));
            (await again.ReceiptAsync(LedgerFixture.Request(sequence, padding: 400))).AssertOriginal(receipt, ReceiptCode.Duplicate);
        }
        await AssertProvableAsync(again, receipts.Values);
        var identities = again.AllEntries().Select(e => (e.Leaf.Producer, e.Leaf.Epoch, e.Leaf.Class, e.Leaf.Sequence)).ToList();
        Assert.Equal(identities.Count, identities.Distinct().Count());
        return true;
    }

    private static async Task<bool> WorkUntilTheCutAsync(LedgerFixture fixture, Dictionary<ulong, AppendReceipt> receipts)
    {
        LedgerCore? core = null;
        try
        {
            core = await fixture.OpenAsync();
            for (ulong i = 1; i <= 24; i++)
            {
                receipts.Add(i, await core.ReceiptAsync(LedgerFixture.Request(i, padding: 400)));
                if (i % 8 == 0)
                    await core.Proofs.WaitForSizeAsync(i, TestContext.Current.CancellationToken);
            }
        }
        catch (Exception e) when (e is LedgerFatalException or IOException)
        {
            // The power is off: whatever was told until now must hold.
        }
        if (core is not null)
            await DisposeAfterCutAsync(core);
        return fixture.Disk.FaultReached;
    }

    private static async Task DisposeAfterCutAsync(LedgerCore core)
    {
        try
        {
            await core.DisposeAsync();
        }
        catch (Exception e) when (e is LedgerFatalException or IOException)
        {
            // Closing without power.
        }
    }

    private static async Task AssertProvableAsync(LedgerCore core, IEnumerable<AppendReceipt> receipts)
    {
        var newest = await core.Proofs.WaitForSizeAsync(core.Reader.DurableSize, TestContext.Current.CancellationToken);
        foreach (var receipt in receipts)
        {
            var path = core.Proofs.Inclusion(receipt.Index, newest.Checkpoint.Size);
            Assert.NotNull(path);
            Assert.True(ProofVerifier.VerifyInclusion(
                MerkleHashing.Leaf(receipt.Leaf.Span), receipt.Index.Value, newest.Checkpoint.Size, [.. path], newest.Checkpoint.Root));
        }
    }

    [Fact]
    public async Task A_torn_tail_is_cut_and_the_cut_is_an_entry()
    {
        var core = await _fixture.OpenAsync();
        await core.ReceiptAsync(LedgerFixture.Request(1));
        await core.DisposeAsync();
        var segment = Path.Combine(_fixture.Paths.Segments, _fixture.Disk.EnumerateFiles(_fixture.Paths.Segments).Single(n => n.EndsWith(".seg", StringComparison.Ordinal)));
        _fixture.Disk.Place(segment, [.. _fixture.Disk.ReadAllBytes(segment), 1, 2, 3, 4, 5]);

        await using var again = await _fixture.OpenAsync();

        var cut = again.Reader.Read(new EntryIndex(1));
        Assert.True(EnvelopeReader.TryRead(cut.Envelope, out var opened));
        Assert.Equal((5UL, 1UL), (opened.Record!.TailCut.Bytes, opened.Record.TailCut.NextIndex));
        Assert.Equal(LeafOrigin.Ledger, cut.Leaf.Origin);
    }
}
