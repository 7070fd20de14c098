using System.Buffers.Binary;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Append;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.IngestService.Tests.Ledger;

/// <summary>What was acknowledged is read from the disk again before it is signed, and whenever it is asked for by its index.</summary>
public sealed class ReadBackTests
{
    // docs/formats/segment.md
    private const int FirstRecord = 64 + 40;
    private const int RecordHeaderBytes = 16;
    private const int HeadChecksumOffset = 8;

    private readonly LedgerFixture _fixture = new();

    private string Segment => Path.Combine(_fixture.Paths.Segments, "00000000000000000000.seg");

    private LedgerCore OpenWithOneEntry()
    {
        var core = LedgerCore.Open(_fixture.Setting);
        AppendItem[] group = [new(LedgerFixture.Request(1))];
        core.Sequencer.Stage(group);
        core.Sequencer.Flush();
        core.Sequencer.Complete(group);
        return core;
    }

    private void Change(Action<byte[]> change)
    {
        var bytes = _fixture.Disk.ReadAllBytes(Segment);
        change(bytes);
        _fixture.Disk.Place(Segment, bytes);
    }

    [Fact]
    public void A_bit_that_flipped_in_the_envelope_since_is_not_signed_and_not_given_out()
    {
        var core = OpenWithOneEntry();
        Change(bytes => bytes[^1] ^= 1);

        Assert.Throws<SegmentDamageException>(() => core.Step.Run());
        Assert.False(_fixture.Disk.Exists(_fixture.Paths.LastSigned));
        Assert.Throws<SegmentDamageException>(() => core.Reader.Read(new EntryIndex(0)));
        // Who follows closely has it as it was written, and never the disk's bytes.
        var followed = Assert.Single(core.Reader.ReadFrom(new EntryIndex(0), 10));
        Assert.Equal(followed.Leaf.Commitment, Commitment.Compute(followed.Salt.Span, followed.Envelope.Span));
    }

    [Fact]
    public void A_leaf_changed_together_with_its_checksum_is_not_signed()
    {
        var core = OpenWithOneEntry();
        Change(bytes =>
        {
            var record = bytes.AsSpan(FirstRecord);
            var head = record.Slice(RecordHeaderBytes, (int)BinaryPrimitives.ReadUInt32BigEndian(record));
            head[^1] ^= 1;
            BinaryPrimitives.WriteUInt32BigEndian(record[HeadChecksumOffset..], Crc32C.Append(Crc32C.Compute(record[..HeadChecksumOffset]), head));
        });

        Assert.Throws<LedgerFatalException>(() => core.Step.Run());
        Assert.False(_fixture.Disk.Exists(_fixture.Paths.LastSigned));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Every_proof_holds_after_a_power_cut_that_followed_the_checkpoint(int seed)
    {
        var core = LedgerCore.Open(_fixture.Setting);
        var group = Enumerable.Range(1, 300).Select(i => new AppendItem(LedgerFixture.Request((ulong)i))).ToArray();
        core.Sequencer.Stage(group);
        core.Sequencer.Flush();
        core.Sequencer.Complete(group);
        core.Step.Run();
        _fixture.Disk.Crash(CrashMode.Reorder, seed);

        await using var again = await _fixture.OpenAsync();

        var newest = again.Proofs.Newest.Checkpoint;
        Assert.Equal(300UL, newest.Size);
        foreach (var item in group)
        {
            var receipt = Assert.IsType<AppendReceipt>((await item.Ticket.Outcome).Receipt);
            Assert.Equal(ProofFinding.Proven,
                RecordProof.Check(receipt.Leaf.Span, receipt.Index.Value, [.. again.Proofs.Inclusion(receipt.Index, newest.Size)!], newest));
        }
    }
}
