using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Verify;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Ledger;

/// <summary>What the ledger does with a deletion leaf: before, during and after, and with the power going at every call.</summary>
public sealed class ErasureTests
{
    private const string Marker = "markiert-渝A12345";

    private readonly LedgerFixture _fixture = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal static Record Order(params (ulong First, ulong Last)[] ranges)
    {
        var record = new Record
        {
            Preconditions = { new StreamPrecondition { Stream = "erasure/E-1" } },
            Erased = new Erased { ErasureId = "E-1", Reason = "期满", Article = "第一条", Requester = new Actor { Id = "1" } },
        };
        record.Erased.Ranges.AddRange(ranges.Select(range => new EntryRange { First = range.First, Last = range.Last }));
        return record;
    }

    private static AppendRequest Marked(ulong sequence, string more = "") => LedgerFixture.Request(sequence, content: Marker + more, padding: 700);

    private bool IsAnywhere(ReadOnlySpan<byte> bytes)
    {
        foreach (var path in _fixture.Disk.AllFiles())
            if (_fixture.Disk.ReadAllBytes(path).AsSpan().IndexOf(bytes) >= 0)
                return true;
        return false;
    }

    private bool IsAnywhere(string text) => IsAnywhere(System.Text.Encoding.UTF8.GetBytes(text));

    private string Verify(ExitCode expected)
    {
        var output = new StringWriter();
        Assert.Equal(expected, VerifyCommand.Run(_fixture.Disk, _fixture.Paths, _fixture.Setting.Signer.VerifierKey, output));
        return output.ToString();
    }

    [Fact]
    public async Task Content_is_gone_from_every_file_and_the_leaf_and_all_proofs_stay()
    {
        await using (var core = await _fixture.OpenAsync())
        {
            var receipts = new List<AppendReceipt>();
            for (ulong i = 1; i <= 9; i++)
                receipts.Add(await core.ReceiptAsync(i is 4 or 5 or 8 ? Marked(i) : LedgerFixture.Request(i)));
            Assert.True(IsAnywhere(Marker));

            var leaf = (await core.FactAsync(Order((3, 4), (7, 7)))).Outcome.Receipt!;

            Assert.False(IsAnywhere(Marker));
            foreach (var gone in new[] { receipts[3], receipts[4], receipts[7] })
            {
                Assert.False(IsAnywhere(gone.Salt.Span));
                var entry = core.Reader.Read(gone.Index);
                Assert.True(entry is { IsErased: true, Salt.IsEmpty: true, Envelope.IsEmpty: true });
                Assert.Equal(gone.Leaf.ToArray(), entry.LeafBytes.ToArray());
            }
            Assert.Equal(leaf.Index.Value + 1, core.Reader.ErasedThrough);
            var checkpoint = (await core.Proofs.WaitForSizeAsync(leaf.Index.Value + 1, Cancellation)).Checkpoint;
            foreach (var receipt in receipts.Append(leaf))
            {
                var path = core.Proofs.Inclusion(receipt.Index, checkpoint.Size)!;
                Assert.True(ProofVerifier.VerifyInclusion(
                    MerkleHashing.Leaf(receipt.Leaf.Span), receipt.Index.Value, checkpoint.Size, [.. path], checkpoint.Root));
            }
        }

        Assert.Contains("3 entries were lawfully erased", Verify(ExitCode.Ok), StringComparison.Ordinal);
        await using var again = await _fixture.OpenAsync();
        Assert.True(again.Reader.Read(new EntryIndex(3)).IsErased);
        Assert.False(again.Reader.Read(new EntryIndex(5)).IsErased);
    }

    [Fact]
    public async Task A_resend_is_answered_erased_by_identity_alone_before_and_after_a_restart()
    {
        AppendReceipt original;
        await using (var core = await _fixture.OpenAsync())
        {
            original = await core.ReceiptAsync(Marked(1));
            await core.FactAsync(Order((0, 0)));
            await AssertErasedAsync(core);
        }

        await using var again = await _fixture.OpenAsync();
        await AssertErasedAsync(again);
        Assert.Equal(2UL, again.Reader.DurableSize);

        async Task AssertErasedAsync(LedgerCore core)
        {
            // The same bytes, and other bytes under the same identity: there is nothing left to tell them apart, and no conflict is made.
            foreach (var request in new[] { Marked(1), Marked(1, "anders") })
            {
                var receipt = await core.ReceiptAsync(request);
                Assert.Equal((ReceiptCode.Erased, original.Index, true), (receipt.Code, receipt.Index, receipt.Salt.IsEmpty));
                Assert.Equal(original.Leaf.ToArray(), receipt.Leaf.ToArray());
                var message = new Receipt
                {
                    Origin = "o", Index = receipt.Index.Value, DurableSize = receipt.DurableSize, Code = receipt.Code,
                    Leaf = Google.Protobuf.ByteString.CopyFrom(receipt.Leaf.Span),
                };
                Assert.Equal(ReceiptFinding.ValidErased, ReceiptCheck.Verify(message, request.Envelope.Span, request.Identity, "o"));
            }
        }
    }

    [Fact]
    public async Task Conflicts_fingerprint_leaves_memory_and_snapshots()
    {
        var conflicting = Marked(1, "zweimal");
        var fingerprint = conflicting.PayloadFingerprint.ToArray();
        await using (var core = await _fixture.OpenAsync())
        {
            await core.ReceiptAsync(Marked(1));
            await core.ReceiptAsync(conflicting);
            await FillASegmentAsync(core);
            await UntilAsync(() => IsAnywhere(fingerprint)); // the snapshot of the sealed segment
            var place = core.AllEntries().Single(e => e.Leaf.Flags.HasFlag(LeafFlags.Conflict)).Index.Value;

            await core.FactAsync(Order((0, 0), (place, place)));

            Assert.False(IsAnywhere(fingerprint));
            await FillASegmentAsync(core, 10_000); // another snapshot, from memory
        }

        Assert.False(IsAnywhere(fingerprint));
        Verify(ExitCode.Ok);
    }

    [Fact]
    public async Task Streams_of_erased_facts_live_on_where_the_leaf_says_so_and_go_where_it_does_not()
    {
        await using (var core = await _fixture.OpenAsync())
        {
            await core.FactAsync(LedgerFixture.Fact("case/1/evidence", 0));
            await core.FactAsync(LedgerFixture.Fact("alert/abc", 0));
            await core.FactAsync(LedgerFixture.Fact("case/1/evidence", 1));
            var order = Order((0, 1));
            order.Erased.Advances.Add(new StreamAdvance { Stream = "case/1/evidence", Count = 1 });
            await core.FactAsync(order);
            AssertStreams(core);
        }

        foreach (var path in _fixture.Disk.AllFiles().Where(p => p.StartsWith(_fixture.Paths.Snapshots, StringComparison.Ordinal)).ToArray())
            Assert.DoesNotContain("alert/abc", System.Text.Encoding.UTF8.GetString(_fixture.Disk.ReadAllBytes(path)), StringComparison.Ordinal);
        await using (var restarted = await _fixture.OpenAsync())
            AssertStreams(restarted);
        // All derived files lost: folded from entry 0, from what is left.
        foreach (var path in _fixture.Disk.AllFiles().Where(p => p.StartsWith(_fixture.Paths.Snapshots, StringComparison.Ordinal)).ToArray())
            _fixture.Disk.Delete(path);
        await using var rebuilt = await _fixture.OpenAsync();
        AssertStreams(rebuilt);

        static void AssertStreams(LedgerCore core)
        {
            Assert.Equal(2UL, core.Marks.StreamVersion("case/1/evidence"));
            Assert.Equal(0UL, core.Marks.StreamVersion("alert/abc"));
        }
    }

    [Fact]
    public async Task A_fact_about_an_erased_file_is_refused_and_so_is_one_decided_on_less_than_there_is()
    {
        await using var core = await _fixture.OpenAsync();
        await core.ReceiptAsync(Marked(1));
        await core.FactAsync(Order((0, 0)));

        var late = await core.FactAsync(new Record { MediaStored = new MediaStored { ManifestIndex = 0 } }, LeafOrigin.Ledger);
        var blind = await core.Facts.AppendIfSeenAsync(LeafOrigin.Operator, LedgerFixture.Fact("x", 0), 1, Cancellation);
        var seeing = await core.Facts.AppendIfSeenAsync(LeafOrigin.Operator, LedgerFixture.Fact("x", 0), 2, Cancellation);

        Assert.Equal(RefusalCode.Erased, late.Outcome.Refusal?.Code);
        Assert.Equal(RefusalCode.Busy, blind.Outcome.Refusal?.Code);
        Assert.NotNull(seeing.Outcome.Receipt);
    }

    [Fact]
    public async Task Zeros_that_no_leaf_covers_are_damage_and_bytes_under_a_leaf_are_named()
    {
        await using (var core = await _fixture.OpenAsync())
        {
            for (ulong i = 1; i <= 4; i++)
                await core.ReceiptAsync(Marked(i));
        }
        var before = Segment();
        await using (var core = await _fixture.OpenAsync())
            await core.FactAsync(Order((1, 1)));
        var after = Segment();

        // The leaf is there, the bytes came back (a copy from a back-up): named, and finished at the next start.
        _fixture.Disk.Place(SegmentPath, [.. before, .. after.AsSpan(before.Length)]);
        Assert.Contains("its bytes still lie there", Verify(ExitCode.Failed), StringComparison.Ordinal);

        // The same zeros without the leaf.
        _fixture.Disk.Place(SegmentPath, after.AsSpan(0, before.Length));
        Assert.Contains("no deletion covers them", Verify(ExitCode.Failed), StringComparison.Ordinal);
        await Assert.ThrowsAsync<SegmentDamageException>(_fixture.OpenAsync);
    }

    /// Every call of an erasure, every way to fail, every way the power can take what was not flushed.
    [Theory]
    [InlineData(ShadowFault.FailBeforeEffect)]
    [InlineData(ShadowFault.FailAfterEffect)]
    [InlineData(ShadowFault.PowerOffBeforeEffect)]
    [InlineData(ShadowFault.PowerOffAfterEffect)]
    public async Task Whatever_call_of_an_erasure_fails_the_next_start_ends_it(ShadowFault fault)
    {
        foreach (var mode in Enum.GetValues<CrashMode>())
            for (var call = 1; ; call++)
                if (!await FailAtAsync(call, fault, mode))
                {
                    Assert.True(call > 10, $"only {call} calls: the erasure was not reached");
                    break;
                }
    }

    private static async Task<bool> FailAtAsync(int call, ShadowFault fault, CrashMode mode)
    {
        var test = new ErasureTests();
        var disk = test._fixture.Disk;
        var core = await test._fixture.OpenAsync();
        for (ulong i = 1; i <= 4; i++)
            await core.ReceiptAsync(i is 2 or 3 ? Marked(i) : LedgerFixture.Request(i));
        await core.ReceiptAsync(Marked(2, "zweimal"));
        await core.FactAsync(LedgerFixture.Fact("alert/abc", 0));
        await core.DisposeAsync();
        core = await test._fixture.OpenAsync();

        disk.FailAt(call, fault);
        var ordered = false;
        try
        {
            ordered = (await core.FactAsync(Order((1, 2), (4, 4), (6, 6)))).Outcome.Receipt is not null;
        }
        catch (LedgerFatalException)
        {
            // The shard stopped: what became of the leaf is for the next start to say.
        }
        var reached = disk.FaultReached;
        disk.ClearFault();
        await CloseAsync(core);
        disk.Crash(mode, seed: call);

        await using (var after = await test._fixture.OpenAsync())
        {
            var isOrdered = after.AllEntries().Any(entry => entry.Leaf.Type == Record.ErasedFieldNumber);
            Assert.True(isOrdered || !ordered, $"call {call}: an acknowledged deletion leaf is gone");
            foreach (var index in new ulong[] { 1, 2, 4, 6 })
                Assert.Equal(isOrdered, after.Reader.Read(new EntryIndex(index)).IsErased);
            Assert.Equal(isOrdered ? 0UL : 1UL, after.Marks.StreamVersion("alert/abc"));
            Assert.True(!isOrdered || !test.IsAnywhere(Marker), $"call {call}, {fault}, {mode}: bytes of an erased entry are still on the disk");
            Assert.Equal(isOrdered ? ReceiptCode.Erased : ReceiptCode.Duplicate, (await after.ReceiptAsync(Marked(3))).Code);
            await after.ReceiptAsync(LedgerFixture.Request(9));
        }
        test.Verify(ExitCode.Ok);
        return reached;
    }

    private static async Task CloseAsync(LedgerCore core)
    {
        try
        {
            await core.DisposeAsync();
        }
        catch (Exception e) when (e is IOException or LedgerFatalException or SegmentLogFatalException)
        {
            // The power is off.
        }
    }

    private string SegmentPath => Path.Combine(_fixture.Paths.Segments, "00000000000000000000.seg");

    private byte[] Segment() => _fixture.Disk.ReadAllBytes(SegmentPath);

    private static async Task FillASegmentAsync(LedgerCore core, ulong from = 100)
    {
        var segments = core.SegmentCount;
        for (var i = from; core.SegmentCount == segments; i++)
            await core.ReceiptAsync(LedgerFixture.Request(i, padding: 100_000));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "it did not come in time");
            await Task.Yield();
        }
    }
}
