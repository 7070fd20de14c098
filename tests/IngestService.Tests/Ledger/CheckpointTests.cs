using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Tests.Ledger;

public sealed class CheckpointTests
{
    private readonly LedgerFixture _fixture = new();

    [Fact]
    public async Task Every_old_checkpoint_is_consistent_with_every_newer_one_over_restarts()
    {
        var checkpoints = new List<Checkpoint>();
        ulong sequence = 0;
        foreach (var count in (int[])[1, 1, 5, 250, 3, 600])
        {
            await using var core = await _fixture.OpenAsync();
            await AppendAsync(core, ref sequence, count);
            checkpoints.Add((await core.Proofs.WaitForSizeAsync(sequence, TestContext.Current.CancellationToken)).Checkpoint);
        }

        await using var last = await _fixture.OpenAsync();
        for (var i = 0; i < checkpoints.Count; i++)
            for (var j = i + 1; j < checkpoints.Count; j++)
            {
                var path = last.Proofs.Consistency(checkpoints[i].Size, checkpoints[j].Size);
                Assert.NotNull(path);
                Assert.True(ProofVerifier.VerifyConsistency(
                    checkpoints[i].Size, checkpoints[i].Root, checkpoints[j].Size, checkpoints[j].Root, [.. path]));
            }
        Assert.Null(last.Proofs.Consistency(1, last.Proofs.Newest.Checkpoint.Size + 1));
        Assert.Null(last.Proofs.Inclusion(new EntryIndex(sequence), sequence));
    }

    private static Task AppendAsync(LedgerCore core, ref ulong sequence, int count)
    {
        var tasks = new List<Task>();
        for (var i = 0; i < count; i++)
            tasks.Add(core.ReceiptAsync(LedgerFixture.Request(++sequence)));
        return Task.WhenAll(tasks);
    }

    [Fact]
    public async Task Tiles_are_those_of_a_tree_computed_the_plain_way_and_come_back_when_they_are_lost()
    {
        ulong sequence = 0;
        var core = await _fixture.OpenAsync();
        await AppendAsync(core, ref sequence, 700);
        var root = (await core.Proofs.WaitForSizeAsync(700, TestContext.Current.CancellationToken)).Checkpoint.Root;
        var hashes = core.AllEntries().Select(e => MerkleHashing.Leaf(e.LeafBytes.Span)).ToArray();
        Assert.Equal(NaiveRoot(hashes), root);
        await core.DisposeAsync();

        AssertTiles(hashes);
        foreach (var tile in TileMath.TilesOf(700))
            _fixture.Disk.Delete(Path.Combine(_fixture.Paths.Public, tile.Path));
        var again = await _fixture.OpenAsync();
        Assert.NotNull(again.Proofs.Inclusion(new EntryIndex(3), 700));
        await again.DisposeAsync();
        AssertTiles(hashes);
    }

    // As a kill leaves it that came while checkpoints were far behind: two old notes, no tiles.
    [Theory]
    [InlineData(LedgerCore.SignedAtOpening, true)]
    [InlineData(LedgerCore.SignedAtOpening + 1, false)]
    public async Task The_opening_signs_what_is_little_and_leaves_much_to_the_checkpoints(ulong behind, bool signsAtOnce)
    {
        _fixture.Options.CheckpointIntervalMilliseconds = 3_600_000;
        ulong sequence = 0;
        var core = await _fixture.OpenAsync();
        await AppendAsync(core, ref sequence, 1);
        var note = (await core.Proofs.WaitForSizeAsync(1, TestContext.Current.CancellationToken)).Note.ToArray();
        await AppendAsync(core, ref sequence, (int)behind);
        var hashes = core.AllEntries().Select(e => MerkleHashing.Leaf(e.LeafBytes.Span)).ToArray();
        await core.DisposeAsync();
        _fixture.Disk.Place(_fixture.Paths.LastSigned, note);
        _fixture.Disk.Place(_fixture.Paths.Checkpoint, note);
        foreach (var tile in TileMath.TilesOf(sequence))
            _fixture.Disk.Delete(Path.Combine(_fixture.Paths.Public, tile.Path));

        await using var again = await _fixture.OpenAsync();

        Assert.Equal(sequence, again.Reader.DurableSize);
        Assert.Equal(signsAtOnce ? sequence : 1, again.Proofs.Newest.Checkpoint.Size);
        var signed = await again.Proofs.WaitForSizeAsync(sequence, TestContext.Current.CancellationToken);
        Assert.Equal(NaiveRoot(hashes), signed.Checkpoint.Root);
        AssertTiles(hashes);
    }

    private void AssertTiles(Sha256Hash[] hashes)
    {
        foreach (var tile in TileMath.TilesOf((ulong)hashes.Length))
        {
            var span = 1 << (TileMath.TileHeight * tile.Level);
            var expected = new List<byte>();
            for (var i = 0; i < tile.Width; i++)
                expected.AddRange(NaiveRoot(hashes.AsSpan(((int)tile.Index * TileMath.FullWidth + i) * span, span)).ToArray());
            Assert.Equal(expected, _fixture.Disk.ReadAllBytes(Path.Combine(_fixture.Paths.Public, tile.Path)));
        }
    }

    private static Sha256Hash NaiveRoot(ReadOnlySpan<Sha256Hash> hashes)
    {
        if (hashes.Length == 1)
            return hashes[0];
        var k = 1;
        while (k * 2 < hashes.Length)
            k *= 2;
        return MerkleHashing.Node(NaiveRoot(hashes[..k]), NaiveRoot(hashes[k..]));
    }

    [Fact]
    public async Task One_size_is_signed_once_also_over_restarts()
    {
        var core = await _fixture.OpenAsync();
        await core.ReceiptAsync(LedgerFixture.Request(1));
        var note = (await core.Proofs.WaitForSizeAsync(1, TestContext.Current.CancellationToken)).Note.ToArray();
        await core.DisposeAsync();
        // As if the crash had come between the two files.
        _fixture.Disk.Delete(_fixture.Paths.Checkpoint);

        await using var again = await _fixture.OpenAsync();

        // ECDSA never makes the same signature twice: equal bytes are the same signature.
        Assert.Equal(note, again.Proofs.Newest.Note.ToArray());
        Assert.Equal(note, _fixture.Disk.ReadAllBytes(_fixture.Paths.Checkpoint));
        Assert.Equal(NoteFinding.Verified, SignedNote.Open(note, [_fixture.Verifier], out _));
    }

    [Fact]
    public async Task A_ledger_shorter_than_it_signed_is_refused()
    {
        var core = await _fixture.OpenAsync();
        await core.ReceiptAsync(LedgerFixture.Request(1));
        await core.ReceiptAsync(LedgerFixture.Request(2));
        await core.Proofs.WaitForSizeAsync(2, TestContext.Current.CancellationToken);
        await core.DisposeAsync();
        var segment = Path.Combine(_fixture.Paths.Segments, "00000000000000000000.seg");
        var bytes = _fixture.Disk.ReadAllBytes(segment);
        _fixture.Disk.Place(segment, bytes.AsSpan(0, bytes.Length - 40));

        var refusal = await Assert.ThrowsAsync<SegmentDamageException>(_fixture.OpenAsync);

        Assert.Contains("00000000000000000000.seg", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1UL, refusal.Record.Value);
    }

    [Fact]
    public async Task A_ledger_with_another_root_than_it_signed_is_refused()
    {
        var core = await _fixture.OpenAsync();
        await core.ReceiptAsync(LedgerFixture.Request(1));
        await core.DisposeAsync();
        var own = _fixture.Disk.ReadAllBytes(_fixture.Paths.LastSigned);

        // The same shard, begun a second time with other salts.
        foreach (var path in (string[])[_fixture.Paths.LastSigned, _fixture.Paths.Checkpoint, Path.Combine(_fixture.Paths.Segments, "00000000000000000000.seg")])
            _fixture.Disk.Delete(path);
        var other = await _fixture.OpenAsync();
        await other.ReceiptAsync(LedgerFixture.Request(1));
        await other.DisposeAsync();
        _fixture.Disk.Place(_fixture.Paths.LastSigned, own);

        await Assert.ThrowsAsync<LedgerFatalException>(_fixture.OpenAsync);
    }

    [Fact]
    public async Task A_published_checkpoint_ahead_of_what_was_signed_is_refused()
    {
        var core = await _fixture.OpenAsync();
        var empty = _fixture.Disk.ReadAllBytes(_fixture.Paths.LastSigned);
        await core.ReceiptAsync(LedgerFixture.Request(1));
        await core.DisposeAsync();
        _fixture.Disk.Place(_fixture.Paths.LastSigned, empty);

        await Assert.ThrowsAsync<LedgerFatalException>(_fixture.OpenAsync);
    }
}
