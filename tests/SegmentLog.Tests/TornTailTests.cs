using System.Text;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.SegmentLog.Tests;

/// Three batches of two records, each flushed; the files are then harmed byte by byte.
public sealed class TornTailTests
{
    private const string Directory = "/log";
    private const string File = "00000000000000000000.seg";
    private const string FilePath = Directory + "/" + File;
    private static readonly Guid LogId = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");

    private readonly byte[] _whole;
    private readonly int[] _ends; // end of each batch

    public TornTailTests()
    {
        var disk = new ShadowFileSystem();
        using var writer = SegmentWriter.Open(disk, Directory, new SegmentLogOptions(), LogId, RecoveryFloor.None, out _);
        var ends = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            writer.Append(Batch(i * 2));
            writer.Flush();
            ends.Add((int)writer.SizeBytes);
        }
        _ends = [.. ends];
        _whole = disk.ReadAllBytes(FilePath);
    }

    [Fact]
    public void Truncated_AtEveryByteOfTheLastBatch_ItIsCutAndNamed()
    {
        for (var length = _ends[1]; length < _ends[2]; length++)
        {
            var disk = Disk(_whole.AsSpan(0, length));
            using var writer = Open(disk, RecoveryFloor.None, out var report);

            Assert.Equal(new RecordIndex(4), report.NextIndex);
            if (length == _ends[1])
                Assert.Null(report.Cut);
            else
                Assert.Equal((File, _ends[1], length - _ends[1], 4UL),
                    (report.Cut!.File, (int)report.Cut.Offset.Value, (int)report.Cut.Bytes, report.Cut.FirstLost.Value));
            Assert.Equal(_whole[.._ends[1]], disk.ReadAllBytes(FilePath));
        }
    }

    [Fact]
    public void ZeroExtended_TheZerosAreCut()
    {
        using var writer = Open(Disk([.. _whole, .. new byte[5000]]), RecoveryFloor.None, out var report);

        Assert.Equal(new RecordIndex(6), report.NextIndex);
        Assert.Equal(5000, report.Cut!.Bytes);
    }

    [Fact]
    public void Flipped_EveryByteOfTheLastBatch_ItIsCut()
    {
        for (var at = _ends[1]; at < _ends[2]; at++)
        {
            using var writer = Open(Disk(Flip(at)), RecoveryFloor.None, out var report);
            Assert.True(report is { NextIndex.Value: 4, Cut.FirstLost.Value: 4 }, $"byte {at}");
        }
    }

    [Fact]
    public void Flipped_EveryByteOfTheLastBatchBelowTheFloor_IsDamage()
    {
        for (var at = _ends[1]; at < _ends[2]; at++)
        {
            var damage = Assert.Throws<SegmentDamageException>(() => Open(Disk(Flip(at)), new RecoveryFloor(new RecordIndex(5)), out _));
            Assert.Equal(File, damage.File);
        }
    }

    [Fact]
    public void Flipped_EveryByteBelowALaterBatch_IsDamageAndNamed()
    {
        for (var at = SegmentHeader.Size; at < _ends[1]; at++)
        {
            var disk = Disk(Flip(at));
            var damage = Assert.Throws<SegmentDamageException>(() => Open(disk, RecoveryFloor.None, out _));

            Assert.Equal(File, damage.File);
            // The named record lies in the batch of the flipped byte, the offset at or before it.
            Assert.True(damage.Record.Value / 2 == (at < _ends[0] ? 0UL : 1UL), $"byte {at}: {damage.Message}");
            Assert.InRange(damage.Offset.Value, SegmentHeader.Size, at);
            Assert.Equal(Flip(at), disk.ReadAllBytes(FilePath)); // nothing was touched
        }
    }

    [Fact]
    public void Flipped_EveryByteOfTheHeaderWithRecordsBehind_IsDamage()
    {
        for (var at = 0; at < SegmentHeader.Size; at++)
            Assert.Throws<SegmentDamageException>(() => Open(Disk(Flip(at)), RecoveryFloor.None, out _));
    }

    [Fact]
    public void Truncated_InsideABatchBelowTheFloor_IsDamage()
    {
        foreach (var length in new[] { _ends[2] - 1, _ends[1], _ends[0] + 3, SegmentHeader.Size })
            Assert.Throws<SegmentDamageException>(() => Open(Disk(_whole.AsSpan(0, length)), new RecoveryFloor(new RecordIndex(6)), out _));
        using var whole = Open(Disk(_whole), new RecoveryFloor(new RecordIndex(6)), out _);
        Assert.Throws<SegmentDamageException>(() => Open(new ShadowFileSystem(), new RecoveryFloor(new RecordIndex(1)), out _));
    }

    [Fact]
    public void LaterBatchOfTheSameFlushArrivedAlone_IsATornTail()
    {
        // Batches 1 and 2 under one flush that never finished; the disk kept only the second.
        var disk = new ShadowFileSystem();
        int middle, end;
        using (var writer = Open(disk, RecoveryFloor.None, out _))
        {
            writer.Append(Batch(0));
            writer.Flush();
            middle = (int)writer.SizeBytes;
            writer.Append(Batch(2));
            end = (int)writer.SizeBytes;
            writer.Append(Batch(4));
        }
        var bytes = disk.ReadAllBytes(FilePath);
        bytes.AsSpan(middle, end - middle).Clear();

        using var reopened = Open(Disk(bytes), RecoveryFloor.None, out var report);
        Assert.Equal(2UL, report.NextIndex.Value);
        Assert.Equal(bytes.Length - middle, report.Cut!.Bytes);
    }

    [Fact]
    public void PayloadThatLooksLikeALaterBatch_DoesNotTurnATornTailIntoDamage()
    {
        var disk = new ShadowFileSystem();
        int end;
        using (var writer = Open(disk, RecoveryFloor.None, out _))
        {
            writer.Append(Batch(0));
            writer.Flush();
            end = (int)writer.SizeBytes;
            // The sender guesses everything right, offset included, but not the log id.
            var forged = new byte[BatchHeader.Size];
            var place = end + BatchHeader.Size + RecordHeader.Size;
            new BatchHeader(16, 9, 9, 1, (uint)place, (uint)place).Format(forged, BatchHeader.ChecksumSeed(Guid.Empty));
            var batch = new RecordBatch();
            batch.Add(forged, "x"u8);
            writer.Append(batch);
            writer.Flush();
        }
        var bytes = disk.ReadAllBytes(FilePath);

        using var reopened = Open(Disk(bytes.AsSpan()[..^1]), RecoveryFloor.None, out var report);
        Assert.Equal(2UL, report.NextIndex.Value);
    }

    [Fact]
    public void ZeroedBody_OfTheLastBatch_IsCut_BelowALaterOne_IsKept()
    {
        var bodyInFirst = _ends[0] - 4;
        var erased = (byte[])_whole.Clone();
        erased.AsSpan(bodyInFirst, 4).Clear();
        using (var writer = Open(Disk(erased), RecoveryFloor.None, out var report))
        {
            Assert.Null(report.Cut);
            Assert.Equal(BodyState.Zeroed, writer.Reader.Read(new RecordIndex(1)).BodyState);
        }

        var torn = (byte[])_whole.Clone();
        torn.AsSpan(_ends[2] - 4, 4).Clear();
        using var cut = Open(Disk(torn), RecoveryFloor.None, out var cutReport);
        Assert.Equal(4UL, cutReport.NextIndex.Value);
    }

    [Fact]
    public void TornFirstFile_OfEveryLength_IsBegunAnew()
    {
        for (var length = 0; length < SegmentHeader.Size; length++)
        {
            using var writer = Open(Disk(_whole.AsSpan(0, length)), RecoveryFloor.None, out var report);
            Assert.True(report.Created);
        }
        using var zeros = Open(Disk(new byte[4096]), RecoveryFloor.None, out var ofZeros);
        Assert.True(ofZeros.Created);
    }

    [Fact]
    public void UnknownVersion_IsRefused()
    {
        var newer = _whole.AsSpan(0, SegmentHeader.Size).ToArray();
        newer[9] = 2;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(newer.AsSpan(60), Crc32C.Compute(newer.AsSpan(0, 60)));

        var damage = Assert.Throws<SegmentDamageException>(() => Open(Disk(newer), RecoveryFloor.None, out _));
        Assert.Contains("version 2", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LeftoverOfAnEarlierRecovery_IsRemoved()
    {
        var disk = Disk(_whole);
        disk.Place(FilePath + ".new", _whole.AsSpan(0, 100));

        using var writer = Open(disk, RecoveryFloor.None, out var report);
        Assert.Equal(6UL, report.NextIndex.Value);
        Assert.Equal([File], disk.EnumerateFiles(Directory));
    }

    private byte[] Flip(int at)
    {
        var bytes = (byte[])_whole.Clone();
        bytes[at] ^= 0x40;
        return bytes;
    }

    private static RecordBatch Batch(int first)
    {
        var batch = new RecordBatch();
        for (var i = first; i < first + 2; i++)
            batch.Add(Encoding.ASCII.GetBytes($"head {i}"), Encoding.ASCII.GetBytes($"b{i:D3}"));
        return batch;
    }

    private static ShadowFileSystem Disk(ReadOnlySpan<byte> bytes)
    {
        var disk = new ShadowFileSystem();
        disk.CreateDirectory(Directory);
        disk.Place(FilePath, bytes);
        return disk;
    }

    private static SegmentWriter Open(ShadowFileSystem disk, RecoveryFloor floor, out RecoveryReport report) =>
        SegmentWriter.Open(disk, Directory, new SegmentLogOptions(), LogId, floor, out report);
}
