using System.Text;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.SegmentLog.Tests;

/// Many small segments: what is missing, shortened, swapped or torn among them is found from headers alone.
public sealed class SegmentChainTests
{
    private const string Directory = "/log";
    private static readonly Guid LogId = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");

    private readonly ShadowFileSystem _disk = new();
    private readonly List<string> _names;

    public SegmentChainTests()
    {
        using var writer = Open(_disk, LogId, out _);
        for (var i = 0; i < 40; i++)
        {
            writer.Append(Batch(writer.NextIndex.Value, 2));
            writer.Flush();
        }
        _names = [.. _disk.EnumerateFiles(Directory).Order(StringComparer.Ordinal)];
        Assert.True(_names.Count > 5);
    }

    [Fact]
    public void MissingSegment_IsDamage()
    {
        _disk.Delete(Path.Combine(Directory, _names[2]));

        var damage = Assert.Throws<SegmentDamageException>(() => Open(_disk, LogId, out _));
        Assert.Contains(_names[2], damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ShortenedSealedSegment_IsDamageAndNamed()
    {
        var path = Path.Combine(Directory, _names[2]);
        _disk.Place(path, _disk.ReadAllBytes(path).AsSpan()[..^1]);

        Assert.Equal(_names[2], Assert.Throws<SegmentDamageException>(() => Open(_disk, LogId, out _)).File);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Flipped_EveryByteOfASealedHeader_IsDamageAndNamed(int segment)
    {
        var path = Path.Combine(Directory, _names[segment]);
        var bytes = _disk.ReadAllBytes(path);
        for (var at = 0; at < SegmentHeader.Size; at++)
        {
            var flipped = bytes.ToArray();
            flipped[at] ^= 0x01;
            _disk.Place(path, flipped);

            Assert.Equal(_names[segment], Assert.Throws<SegmentDamageException>(() => Open(_disk, LogId, out _)).File);
        }
    }

    [Fact]
    public void SegmentOfAnotherLog_IsDamage()
    {
        var other = new ShadowFileSystem();
        using (var writer = Open(other, Guid.Parse("ffffffff-4455-6677-8899-aabbccddeeff"), out _))
            for (var i = 0; i < 40; i++)
                writer.Append(Batch(writer.NextIndex.Value, 2));
        var path = Path.Combine(Directory, _names[3]);
        _disk.Place(path, other.ReadAllBytes(path));

        Assert.Equal(_names[3], Assert.Throws<SegmentDamageException>(() => Open(_disk, LogId, out _)).File);
    }

    [Fact]
    public void LastFileHalfBorn_OfEveryLength_IsRemovedAndThePreviousGoesOn()
    {
        var last = Path.Combine(Directory, _names[^1]);
        var bytes = _disk.ReadAllBytes(last);
        var expected = ulong.Parse(_names[^1][..20]);
        for (var length = 0; length < SegmentHeader.Size; length++)
        {
            _disk.Place(last, bytes.AsSpan(0, length));
            using var writer = Open(_disk, LogId, out var report);

            Assert.Equal(expected, report.NextIndex.Value);
            Assert.Null(report.Cut);
            writer.Append(Batch(expected, 2));
            writer.Flush();
            Assert.Equal((int)expected + 2, writer.Reader.ReadFrom(default).Count());
        }
    }

    [Fact]
    public void LastFileWithHeaderOnly_GoesOn()
    {
        var last = Path.Combine(Directory, _names[^1]);
        _disk.Place(last, _disk.ReadAllBytes(last).AsSpan(0, SegmentHeader.Size));

        using var writer = Open(_disk, LogId, out var report);
        Assert.Equal(ulong.Parse(_names[^1][..20]), report.NextIndex.Value);
        Assert.Equal(_names.Count, report.SegmentCount);
    }

    [Fact]
    public void SealedSegmentWithABadTail_WhenItsSuccessorIsHalfBorn_IsDamageNotATornTail()
    {
        _disk.Place(Path.Combine(Directory, _names[^1]), []);
        var path = Path.Combine(Directory, _names[^2]);
        var bytes = _disk.ReadAllBytes(path);
        bytes[^1] ^= 1;
        _disk.Place(path, bytes);

        Assert.Equal(_names[^2], Assert.Throws<SegmentDamageException>(() => Open(_disk, LogId, out _)).File);
    }

    [Fact]
    public void DamagedHeadInASealedSegment_OnlyItsOwnBatchIsUnreadable()
    {
        var path = Path.Combine(Directory, _names[1]);
        var bytes = _disk.ReadAllBytes(path);
        var first = ulong.Parse(_names[1][..20]);
        bytes[SegmentHeader.Size + BatchHeader.Size + RecordHeader.Size] ^= 1;
        _disk.Place(path, bytes);

        using var writer = Open(_disk, LogId, out _);
        var damage = Assert.Throws<SegmentDamageException>(() => writer.Reader.Read(new RecordIndex(first)));
        Assert.Equal((_names[1], first, SegmentHeader.Size + BatchHeader.Size),
            (damage.File, damage.Record.Value, (int)damage.Offset.Value));
        Assert.Throws<SegmentDamageException>(() => writer.Reader.Read(new RecordIndex(first + 1)));
        Assert.Equal(first + 2, writer.Reader.Read(new RecordIndex(first + 2)).Index.Value);
        Assert.Equal((int)first, writer.Reader.ReadFrom(default, (int)first).Count());
        Assert.Throws<SegmentDamageException>(() => writer.Reader.ReadFrom(default).Count());
    }

    [Fact]
    public void DamagedBodyInASealedSegment_IsSaidAndTheHeadIsGiven()
    {
        var path = Path.Combine(Directory, _names[1]);
        var bytes = _disk.ReadAllBytes(path);
        bytes[^1] ^= 1;
        _disk.Place(path, bytes);
        var record = ulong.Parse(_names[2][..20]) - 1;

        using var reader = SegmentReader.OpenReadOnly(_disk, Directory);
        var read = reader.Read(new RecordIndex(record));
        Assert.Equal(BodyState.Damaged, read.BodyState);
        Assert.Equal($"head {record}", Encoding.ASCII.GetString(read.Head.Span));
    }

    [Fact]
    public void Open_ReadsHeadersAndTailOnly()
    {
        var before = _disk.CallCount;
        using var writer = Open(_disk, LogId, out _);

        // One open per segment; then directory, last segment, copy: create, write, flush, rename, sync.
        Assert.InRange(_disk.CallCount - before, _names.Count, _names.Count + 8);
    }

    private static RecordBatch Batch(ulong first, int count)
    {
        var batch = new RecordBatch();
        for (var i = 0; i < count; i++)
            batch.Add(Encoding.ASCII.GetBytes($"head {first + (ulong)i}"), Encoding.ASCII.GetBytes($"body {first + (ulong)i}"));
        return batch;
    }

    private static SegmentWriter Open(ShadowFileSystem disk, Guid logId, out RecoveryReport report) =>
        SegmentWriter.Open(disk, Directory, new SegmentLogOptions { SegmentBytes = 600 }, logId, RecoveryFloor.None, out report);
}
