using System.Text;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.SegmentLog.Tests;

public sealed class SegmentWriterTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "ee-segmentlog-" + Path.GetRandomFileName());
    private readonly PhysicalFileSystem _files = new();

    [Fact]
    public void Open_AfterFlush_EveryRecordIsThereAcrossSegments()
    {
        using (var writer = Open(out var created))
        {
            Assert.True(created.Created);
            for (var batch = 0; batch < 100; batch++)
            {
                Fill(writer, 7);
                writer.Flush();
            }
            Assert.Equal(new RecordIndex(700), writer.DurableEnd);
            CheckAll(writer.Reader, 700);
        }

        using var reopened = Open(out var report);
        Assert.Null(report.Cut);
        Assert.True(report.SegmentCount > 3);
        Assert.Equal(new RecordIndex(700), report.NextIndex);
        CheckAll(reopened.Reader, 700);
        Fill(reopened, 5);
        reopened.Flush();
        CheckAll(reopened.Reader, 705);
        using var alone = SegmentReader.OpenReadOnly(_files, _directory);
        CheckAll(alone, 705);
    }

    [Fact]
    public void Read_Appended_IsNotVisibleBeforeFlush()
    {
        using var writer = Open(out _);
        Fill(writer, 3);

        Assert.Equal(new RecordIndex(3), writer.NextIndex);
        Assert.Equal(default, writer.DurableEnd);
        Assert.Empty(writer.Reader.ReadFrom(default));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Reader.Read(default));
    }

    [Fact]
    public void EraseBody_Durable_HeadStaysAndBodyIsZeroed()
    {
        using (var writer = Open(out _))
        {
            Fill(writer, 10);
            writer.Flush();
            writer.EraseBody(new RecordIndex(4));
            Assert.Equal(BodyState.Zeroed, writer.Reader.Read(new RecordIndex(4)).BodyState);
            // The act that ordered the erasure lies behind the record; it proves to recovery that the zeros are not a torn write.
            Fill(writer, 1);
            writer.Flush();
        }

        using var reopened = Open(out var report);
        Assert.Null(report.Cut);
        var erased = reopened.Reader.Read(new RecordIndex(4));
        Assert.Equal(BodyState.Zeroed, erased.BodyState);
        Assert.Equal(Head(4), erased.Head.ToArray());
        Assert.Equal(BodyState.Intact, reopened.Reader.Read(new RecordIndex(5)).BodyState);
    }

    [Fact]
    public void DeleteSegmentsBelow_WholeSegmentsOnly_LastStays()
    {
        using (var writer = Open(out _))
        {
            for (var batch = 0; batch < 100; batch++)
                Fill(writer, 7);
            writer.Flush();
            var before = writer.SizeBytes;
            writer.DeleteSegmentsBelow(new RecordIndex(350));
            var first = writer.Reader.FirstIndex.Value;
            Assert.InRange(first, 1UL, 350UL);
            Assert.True(writer.SizeBytes < before);
            Assert.Throws<ArgumentOutOfRangeException>(() => writer.Reader.Read(new RecordIndex(first - 1)));
            Assert.Equal(Head(first), writer.Reader.Read(new RecordIndex(first)).Head.ToArray());
            writer.DeleteSegmentsBelow(new RecordIndex(ulong.MaxValue));
            Assert.Equal(_files.EnumerateFiles(_directory).Single(f => f.EndsWith(".seg", StringComparison.Ordinal)), writer.Reader.Read(new RecordIndex(699)).File);
        }

        using var reopened = Open(out var report);
        Assert.Equal(new RecordIndex(700), report.NextIndex);
        Assert.Equal(1, report.SegmentCount);
    }

    [Fact]
    public async Task WaitForDurable_ReaderWaits_FlushWakesIt()
    {
        using var writer = Open(out _);
        var waiting = writer.Reader.WaitForDurableAsync(new RecordIndex(1), TestContext.Current.CancellationToken).AsTask();
        Fill(writer, 2);
        Assert.False(waiting.IsCompleted);

        writer.Flush();
        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        var never = writer.Reader.WaitForDurableAsync(new RecordIndex(2), TestContext.Current.CancellationToken).AsTask();
        writer.Dispose();
        await Assert.ThrowsAsync<InvalidOperationException>(() => never);
    }

    [Fact]
    public void Open_SecondWriter_IsRefusedUntilTheFirstIsGone()
    {
        using (Open(out _))
            Assert.ThrowsAny<IOException>(() => Open(out _));

        using var alone = Open(out var report);
        Assert.Null(report.Cut);
    }

    [Fact]
    public async Task Readers_BesideALiveWriter_SeeEveryDurableRecordOnceInOrder()
    {
        const int Total = 20_000;
        using var writer = Open(out _);
        var cancellation = TestContext.Current.CancellationToken;
        var pumps = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            ulong next = 0;
            while (next < Total)
            {
                await writer.Reader.WaitForDurableAsync(new RecordIndex(next), cancellation);
                foreach (var record in writer.Reader.ReadFrom(new RecordIndex(next), maxBytes: 3_000))
                {
                    Assert.Equal(next, record.Index.Value);
                    Assert.Equal(Body(next), record.Body.ToArray());
                    next++;
                }
                Assert.Equal(Head(next / 2), writer.Reader.Read(new RecordIndex(next / 2)).Head.ToArray());
            }
        }, cancellation)).ToArray();

        while (writer.NextIndex.Value < Total)
        {
            Fill(writer, (int)Math.Min(1 + (writer.NextIndex.Value % 13), Total - writer.NextIndex.Value));
            if (writer.NextIndex.Value % 3 == 0 || writer.NextIndex.Value == Total)
                writer.Flush();
        }
        await Task.WhenAll(pumps).WaitAsync(TimeSpan.FromSeconds(30), cancellation);
    }

    [Fact]
    public void ReadFrom_WhileSegmentsAreDeleted_TheRestIsRead()
    {
        using var writer = Open(out _);
        for (var batch = 0; batch < 100; batch++)
            Fill(writer, 7);
        writer.Flush();
        using var reading = writer.Reader.ReadFrom(default).GetEnumerator();
        Assert.True(reading.MoveNext());

        writer.DeleteSegmentsBelow(new RecordIndex(300));

        Assert.True(reading.MoveNext()); // its segment is open and stays readable
        Assert.Equal(700 - (int)writer.Reader.FirstIndex.Value, writer.Reader.ReadFrom(writer.Reader.FirstIndex).Count());
    }

    private SegmentWriter Open(out RecoveryReport report) =>
        SegmentWriter.Open(_files, _directory, new SegmentLogOptions { SegmentBytes = 8192 }, Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
            RecoveryFloor.None, out report);

    private static byte[] Head(ulong index) => Encoding.ASCII.GetBytes($"head {index}");

    private static byte[] Body(ulong index) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"body {index};", (int)(index % 9) + 1)));

    private static void Fill(SegmentWriter writer, int count)
    {
        var batch = new RecordBatch();
        for (var i = 0; i < count; i++)
        {
            var index = writer.NextIndex.Value + (ulong)i;
            batch.Add(Head(index), Body(index).AsSpan(0, 3), Body(index).AsSpan(3));
        }
        writer.Append(batch);
    }

    private static void CheckAll(SegmentReader reader, ulong count)
    {
        ulong next = 0;
        foreach (var record in reader.ReadFrom(default))
        {
            Assert.Equal(next, record.Index.Value);
            Assert.Equal(Head(next), record.Head.ToArray());
            Assert.Equal(Body(next), record.Body.ToArray());
            Assert.Equal(BodyState.Intact, record.BodyState);
            next++;
        }
        Assert.Equal(count, next);
        for (ulong i = 0; i < count; i += 37)
            Assert.Equal(Body(i), reader.Read(new RecordIndex(i)).Body.ToArray());
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
