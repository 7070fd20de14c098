using System.Text;
using EdgeEnforcement.SegmentLog.Space;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.SegmentLog.Tests.Space;

/// <summary>A log on a disk that fills up: what was promised stays, the torn rest is cut, and a start without room names the bytes.</summary>
public sealed class FullDiskTests
{
    private const string Log = "/log";
    private static readonly Guid LogId = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");

    // Rolls happen on the way: the header of a new segment is a write as well.
    [Fact]
    public void At_every_byte_at_which_the_disk_may_be_full_nothing_promised_is_lost_and_nothing_else_is_kept()
    {
        for (var free = 0; ; free++)
        {
            var disk = new ShadowFileSystem();
            using (var begun = Open(disk))
                Append(begun, 0);
            disk.FreeBytes = 1 << 20; // for the copy at the start below
            ulong promised = 1;
            var refused = false;
            using (var writer = Open(disk))
            {
                disk.FreeBytes = free;
                try
                {
                    for (; promised < 12; promised++)
                        Append(writer, promised);
                }
                catch (SegmentLogFatalException e)
                {
                    refused = true;
                    Assert.True(DiskFull.IsRefusedWrite(e), e.ToString());
                    Assert.Equal(promised, writer.DurableEnd.Value);
                    Assert.Throws<SegmentLogFatalException>(() => Append(writer, promised)); // final for this writer
                }
            }

            disk.FreeBytes = 1 << 20;
            using var recovered = Open(disk);
            Assert.Equal(promised, recovered.NextIndex.Value);
            Assert.Equal(
                Enumerable.Range(0, (int)promised).Select(i => Text((ulong)i)),
                recovered.Reader.ReadFrom(default).Select(r => Encoding.UTF8.GetString(r.Body.Span)));
            Append(recovered, promised);
            if (!refused)
                return;
        }
    }

    [Fact]
    public void A_start_without_room_for_the_copy_changes_nothing_and_names_the_bytes()
    {
        var disk = new ShadowFileSystem();
        using (var writer = Open(disk))
            for (ulong i = 0; i < 3; i++)
                Append(writer, i);
        var file = Log + "/00000000000000000000.seg";
        var before = disk.ReadAllBytes(file);
        disk.FreeBytes = before.Length - 1;

        var refused = Assert.Throws<SegmentSpaceException>(() => Open(disk));

        Assert.Equal(before.Length, refused.NeededBytes);
        Assert.Contains($"needs {before.Length} bytes", refused.Message);
        Assert.Contains("Free 1 bytes", refused.Message);
        Assert.Equal(before, disk.ReadAllBytes(file));
        Assert.DoesNotContain(disk.EnumerateFiles(Log), name => name.EndsWith(".new", StringComparison.Ordinal));

        disk.FreeBytes = before.Length;
        using var opened = Open(disk);
        Assert.Equal(3UL, opened.NextIndex.Value);
    }

    [Fact]
    public void An_error_of_a_flush_is_never_taken_for_a_full_disk()
    {
        var disk = new ShadowFileSystem();
        using var writer = Open(disk);
        Append(writer, 0);
        disk.FailAt(2, ShadowFault.FailBeforeEffect); // the write is the next call, the flush the one after it

        var stopped = Assert.Throws<SegmentLogFatalException>(() => Append(writer, 1));

        Assert.False(DiskFull.IsRefusedWrite(stopped));
        Assert.False(DiskFull.IsRefusedWrite(new IOException("fsync failed: no space", new System.ComponentModel.Win32Exception(28))));
        Assert.True(DiskFull.IsRefusedWrite(new AggregateException(new IOException("no space", 28))));
        Assert.False(DiskFull.IsRefusedWrite(null));
    }

    private static SegmentWriter Open(ShadowFileSystem disk) =>
        SegmentWriter.Open(disk, Log, new SegmentLogOptions { SegmentBytes = 512 }, LogId, RecoveryFloor.None, out _);

    private static void Append(SegmentWriter writer, ulong number)
    {
        var batch = new RecordBatch();
        batch.Add([1], Encoding.UTF8.GetBytes(Text(number)));
        writer.Append(batch);
        writer.Flush();
    }

    private static string Text(ulong number) => $"record {number} " + new string('.', 60);
}
