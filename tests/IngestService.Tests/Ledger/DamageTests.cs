using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Verify;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;
using Google.Protobuf;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Ledger;

/// <summary>
/// Each file of the ledger, each kind of damage: 'ingest verify' fails and names that file; in a segment also the offset and the
/// record. Small files byte by byte, large ones at random places (EE_SEED).
/// </summary>
public sealed class DamageTests
{
    private const int EveryByteUpTo = 400;

    private readonly LedgerFixture _fixture = new();
    private readonly Random _random = new(TestSeed.Next());

    [Fact]
    public async Task A_flipped_bit_of_any_file_is_named()
    {
        await FillAsync();
        foreach (var path in Files())
        {
            var whole = _fixture.Disk.ReadAllBytes(path);
            foreach (var at in Places(path, whole.Length))
            {
                var bytes = (byte[])whole.Clone();
                bytes[at] ^= (byte)(1 << _random.Next(8));
                _fixture.Disk.Place(path, bytes);
                AssertNamed(path, at, $"bit of byte {at}");
            }
            _fixture.Disk.Place(path, whole);
        }
        Assert.Empty(Findings());
    }

    [Fact]
    public async Task A_file_cut_lengthened_zeroed_or_gone_is_named()
    {
        await FillAsync();
        foreach (var path in Files())
        {
            var whole = _fixture.Disk.ReadAllBytes(path);
            _fixture.Disk.Place(path, whole.AsSpan(0, whole.Length - 1));
            AssertNamed(path, whole.Length, "one byte less");
            // Behind the last batch of the last segment a service may be writing at this moment: said as a tail, cut by the next start.
            _fixture.Disk.Place(path, [.. whole, 7]);
            if (path != LastSegment)
                AssertNamed(path, whole.Length + 1, "one byte more");
            var sector = _random.Next((whole.Length + 511) / 512) * 512;
            var zeroed = (byte[])whole.Clone();
            zeroed.AsSpan(sector, Math.Min(512, whole.Length - sector)).Clear();
            _fixture.Disk.Place(path, zeroed);
            // The head of the last segment zeroed is a segment nothing was written to yet: what was signed says that there was.
            AssertNamed(path, sector + 511, $"sector at {sector}", byNeighbour: path == LastSegment);
            _fixture.Disk.Delete(path);
            // A snapshot that is not there is the ordinary state before the first seal.
            if (!path.StartsWith(_fixture.Paths.Snapshots, StringComparison.Ordinal))
                AssertNamed(path, 0, "gone", byNeighbour: true);
            _fixture.Disk.Place(path, whole);
        }
        Assert.Empty(Findings());
    }

    [Fact]
    public async Task Two_files_that_were_exchanged_are_named()
    {
        await FillAsync();
        foreach (var group in Files().GroupBy(Path.GetDirectoryName).Where(g => g.Count() > 1))
        {
            var (one, other) = (group.First(), group.Last());
            var (first, second) = (_fixture.Disk.ReadAllBytes(one), _fixture.Disk.ReadAllBytes(other));
            _fixture.Disk.Place(one, second);
            _fixture.Disk.Place(other, first);
            AssertNamed(one, 0, $"exchanged with {other}", byNeighbour: true);
            _fixture.Disk.Place(one, first);
            _fixture.Disk.Place(other, second);
        }
        Assert.Empty(Findings());
    }

    [Theory]
    [InlineData("ledger/segments/notes.txt")]
    [InlineData("ledger/snapshots/00000000000000000007.state")]
    [InlineData("ledger/public/tile/0/001.p/45x")]
    [InlineData("ledger/public/tile/0/001.p/45")]
    public async Task A_file_too_many_is_named(string name)
    {
        await FillAsync();
        var path = Path.Combine(_fixture.Paths.Data, name);
        _fixture.Disk.Place(path, "what is this"u8);
        AssertNamed(path, 11, "too many");
    }

    [Fact]
    public async Task A_segment_under_another_name_is_named()
    {
        await FillAsync();
        var path = Path.Combine(_fixture.Paths.Segments, "00000000000000099999.seg");
        _fixture.Disk.Place(path, _fixture.Disk.ReadAllBytes(LastSegment));
        AssertNamed(path, 0, "a copy of another");
    }

    [Fact]
    public async Task An_older_note_in_the_place_of_the_last_signed_one_is_named()
    {
        await FillAsync();
        var (signed, published) = (_fixture.Disk.ReadAllBytes(_fixture.Paths.LastSigned), _fixture.Disk.ReadAllBytes(_fixture.Paths.Checkpoint));
        Assert.Equal(signed, published);
        var core = await _fixture.OpenAsync();
        await core.ReceiptAsync(LedgerFixture.Request(900));
        await core.DisposeAsync();
        _fixture.Disk.Place(_fixture.Paths.LastSigned, signed);

        AssertNamed(_fixture.Paths.LastSigned, 0, "rolled back");
        Assert.Throws<LedgerFatalException>(() => LedgerCore.Open(_fixture.Setting));
    }

    [Fact]
    public async Task The_first_segment_missing_is_no_shorter_ledger()
    {
        await FillAsync();
        _fixture.Disk.Delete(Files().First(f => f.EndsWith(".seg", StringComparison.Ordinal)));
        var damage = Assert.Throws<SegmentDamageException>(() => LedgerCore.Open(_fixture.Setting));
        Assert.Equal("00000000000000000000.seg", damage.File);
    }

    [Fact]
    public async Task A_damaged_snapshot_is_not_used_and_the_log_says_so()
    {
        await FillAsync();
        var log = new LogLines();
        _fixture.Log = log;
        var damaged = _fixture.Disk.EnumerateFiles(_fixture.Paths.Snapshots);
        foreach (var name in damaged)
        {
            var bytes = _fixture.Disk.ReadAllBytes(Path.Combine(_fixture.Paths.Snapshots, name));
            bytes[_random.Next(bytes.Length)] ^= 4;
            _fixture.Disk.Place(Path.Combine(_fixture.Paths.Snapshots, name), bytes);
        }

        await using var core = await _fixture.OpenAsync();

        Assert.All(damaged, name => Assert.Contains(log.All, l => l.StartsWith("Warning", StringComparison.Ordinal) && l.Contains(name, StringComparison.Ordinal)));
        Assert.Equal(ReceiptCode.Duplicate, (await core.ReceiptAsync(LedgerFixture.Request(17))).Code);
    }

    [Fact]
    public async Task A_version_that_flipped_in_the_snapshot_is_decided_by_nobody()
    {
        await using (var core = await _fixture.OpenAsync())
        {
            await core.FactAsync(LedgerFixture.Fact("case-1", 0));
            for (ulong i = 1; core.SegmentCount < 2; i++)
                await core.ReceiptAsync(LedgerFixture.Request(i, padding: 50_000));
        }
        var path = Assert.Single(Files(), file => file.EndsWith(".state", StringComparison.Ordinal));
        var bytes = _fixture.Disk.ReadAllBytes(path);
        // The name, then its version; everything still parses.
        var version = bytes.AsSpan().IndexOf("case-1"u8) + "case-1".Length;
        Assert.Equal(1UL, System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(version)));
        bytes[version] = 3;
        _fixture.Disk.Place(path, bytes);

        await using var again = await _fixture.OpenAsync();

        Assert.Equal(1UL, again.Marks.StreamVersion("case-1"));
        Assert.NotNull((await again.FactAsync(LedgerFixture.Fact("case-1", 1))).Outcome.Receipt);
    }

    /// <summary>
    /// What may be cut is what a crash can leave: the last flush that nothing after it speaks of. Everything below a later batch, or
    /// below what was signed, was acknowledged and is damage; nothing on the disk is touched then.
    /// </summary>
    [Fact]
    public async Task No_acknowledged_record_below_the_last_flush_is_ever_cut_as_a_torn_tail()
    {
        _fixture.Options.SegmentBytes = 1 << 20;
        var ends = new List<int>();
        byte[] note = [];
        var core = await _fixture.OpenAsync();
        for (ulong i = 1; i <= 6; i++)
        {
            await core.ReceiptAsync(LedgerFixture.Request(i));
            ends.Add(_fixture.Disk.ReadAllBytes(LastSegment).Length);
            if (i != 2)
                continue;
            await core.Proofs.WaitForSizeAsync(2, TestContext.Current.CancellationToken);
            note = _fixture.Disk.ReadAllBytes(_fixture.Paths.LastSigned);
        }
        await core.DisposeAsync();
        var segment = LastSegment;
        var whole = _fixture.Disk.ReadAllBytes(segment);
        // Four acknowledged batches above what is known to be signed: a kill within the second.
        _fixture.Disk.Place(_fixture.Paths.LastSigned, note);
        _fixture.Disk.Place(_fixture.Paths.Checkpoint, note);

        for (var at = SegmentHeaderBytes; at < whole.Length; at++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[at] ^= 0x10;
            _fixture.Disk.Place(segment, bytes);
            if (at < ends[^2])
            {
                var damage = Assert.Throws<SegmentDamageException>(() => LedgerCore.Open(_fixture.Setting));
                var batch = ends.FindIndex(end => at < end);
                Assert.Equal((Path.GetFileName(segment), (ulong)batch), (damage.File, damage.Record.Value));
                Assert.InRange(damage.Offset.Value, batch == 0 ? SegmentHeaderBytes : ends[batch - 1], at);
                Assert.Equal(bytes, _fixture.Disk.ReadAllBytes(segment));
            }
            else
            {
                var reopened = await _fixture.OpenAsync();
                var cut = TailCutIn(reopened);
                Assert.Equal((5UL, (ulong)(whole.Length - ends[^2])), (cut.NextIndex, cut.Bytes));
                // The producer still holds the record: its proof fails, and it comes again.
                Assert.Equal(ReceiptCode.Appended, (await reopened.ReceiptAsync(LedgerFixture.Request(6))).Code);
                await reopened.DisposeAsync();
                _fixture.Disk.Place(_fixture.Paths.LastSigned, note);
                _fixture.Disk.Place(_fixture.Paths.Checkpoint, note);
            }
        }
    }

    private const int SegmentHeaderBytes = 64;

    private string LastSegment => Path.Combine(_fixture.Paths.Segments, _fixture.Disk.EnumerateFiles(_fixture.Paths.Segments).Where(n => n.EndsWith(".seg", StringComparison.Ordinal)).Max()!);

    private static TailCut TailCutIn(LedgerCore core)
    {
        var entry = core.Reader.Read(new EntryIndex(core.Reader.DurableSize - 1));
        return Record.Parser.ParseFrom(SignedEnvelope.Parser.ParseFrom(entry.Envelope.Span).Payload).TailCut;
    }

    /// <summary>Several sealed segments with their snapshots, full and partial tiles of two levels, two media objects; closed.</summary>
    private async Task FillAsync()
    {
        _fixture.Options.SegmentBytes = 16 << 10;
        var core = await _fixture.OpenAsync();
        for (ulong i = 0; i < 300; i += 20)
            await Task.WhenAll(Enumerable.Range(1, 20).Select(n => core.ReceiptAsync(LedgerFixture.Request(i + (ulong)n))));
        for (var i = 0; i < 2; i++)
        {
            byte[] footage = [.. Enumerable.Range(0, 3000).Select(n => (byte)(n + i))];
            var hash = Sha256Hash.Of(footage);
            var path = ObjectPath(hash);
            _fixture.Disk.CreateDirectory(Path.GetDirectoryName(path)!);
            _fixture.Disk.Place(path, footage);
            await core.FactAsync(new Record
            {
                MediaStored = new MediaStored { Sha256 = ByteString.CopyFrom(hash.ToArray()), SizeBytes = (ulong)footage.Length },
            }, LeafOrigin.Ledger);
            _objects.Add(path);
        }
        await core.DisposeAsync();
        Assert.True(Files().Count(f => f.EndsWith(".seg", StringComparison.Ordinal)) > 2, "sealed segments");
        Assert.Contains(Files(), f => f.EndsWith(".state", StringComparison.Ordinal));
        Assert.Empty(Findings());
    }

    private readonly List<string> _objects = [];

    private string ObjectPath(Sha256Hash hash) => Path.Combine(_fixture.Paths.MediaObjects, hash.ToString()[..2], hash.ToString());

    private List<string> Files()
    {
        string[] directories =
        [
            _fixture.Paths.Segments, _fixture.Paths.Snapshots, Path.Combine(_fixture.Paths.Public, "tile/0"),
            Path.Combine(_fixture.Paths.Public, "tile/0/001.p"), Path.Combine(_fixture.Paths.Public, "tile/1/000.p"),
        ];
        return
        [
            .. directories.SelectMany(d => _fixture.Disk.EnumerateFiles(d).Where(n => n != "writer.lock").Select(n => Path.Combine(d, n))).Order(StringComparer.Ordinal),
            _fixture.Paths.LastSigned, _fixture.Paths.Checkpoint, .. _objects,
        ];
    }

    private IEnumerable<int> Places(string path, int length)
    {
        if (length <= EveryByteUpTo || LongForm.IsWanted)
            return Enumerable.Range(0, length);
        var head = path.EndsWith(".seg", StringComparison.Ordinal) ? Enumerable.Range(0, SegmentHeaderBytes + 40 + 16) : [];
        return head.Concat(Enumerable.Range(0, 25).Select(_ => _random.Next(length)));
    }

    private List<Finding> Findings()
    {
        var report = new VerificationReport(TextWriter.Null);
        var tree = new TreeVerification(_fixture.Disk, _fixture.Paths, _fixture.Verifier);
        new LedgerVerifier(
            _fixture.Disk, _fixture.Paths,
            [new IdentityVerification(), tree, new MediaVerification(_fixture.Disk, _fixture.Paths.MediaObjects), new SnapshotVerification(_fixture.Disk, _fixture.Paths)],
            () => tree.SignedSize, report).Run();
        return report.Findings;
    }

    /// <param name="path">The damaged file.</param>
    /// <param name="at">What is named begins at or before this byte of it.</param>
    /// <param name="what">For the message.</param>
    /// <param name="byNeighbour">A file that is not there, or is another, may be named by the one that expects it.</param>
    private void AssertNamed(string path, int at, string what, bool byNeighbour = false)
    {
        var findings = Findings();
        var message = string.Create(CultureInfo.InvariantCulture, $"{path}, {what}: {string.Join("; ", findings.Take(5))}");
        Assert.True(findings.Count > 0, message);
        if (byNeighbour)
            return;
        var named = findings.Where(f => Path.GetFileName(f.File) == Path.GetFileName(path)).ToList();
        Assert.True(named.Count > 0, message);
        if (path.EndsWith(".seg", StringComparison.Ordinal))
            Assert.True(named.Any(f => f.Offset <= at && f.Index is not null), message);
    }
}
