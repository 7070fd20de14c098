using EdgeEnforcement.Testing;

namespace EdgeEnforcement.SegmentLog.Tests;

public sealed class FileSystemTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "ee-files-" + Path.GetRandomFileName());
    private readonly PhysicalFileSystem _files = new();

    [Fact]
    public void Physical_AllItsCalls_DoWhatTheSeamSays()
    {
        var inner = Path.Combine(_directory, "a", "b");
        _files.CreateDirectory(inner);
        var path = Path.Combine(inner, "one");
        using (var file = _files.CreateNew(path))
        {
            file.Write([new byte[] { 1, 2 }, new byte[] { 3 }], 1);
            file.Flush();
            var read = new byte[10];
            Assert.Equal(4, file.Read(read, 0));
            Assert.Equal([0, 1, 2, 3], read[..4]);
            Assert.Equal(0, file.Read(read, 4));
            file.SetLength(2);
            Assert.Equal(2, file.Length);
        }
        Assert.Throws<IOException>(() => _files.CreateNew(path));
        _files.Replace(path, Path.Combine(inner, "two"));
        _files.SyncDirectory(inner);
        Assert.Equal(["two"], _files.EnumerateFiles(inner));
        Assert.Equal(2, _files.GetLength(Path.Combine(inner, "two")));
        Assert.True(_files.GetFreeBytes(inner) > 0);
        _files.Delete(Path.Combine(inner, "two"));
        Assert.False(_files.Exists(Path.Combine(inner, "two")));
        Assert.Empty(_files.EnumerateFiles(Path.Combine(inner, "none")));
        Assert.ThrowsAny<IOException>(() => _files.SyncDirectory(Path.Combine(inner, "none")));
    }

    [Fact]
    public void Physical_PunchHole_ZerosTheRangeAndKeepsTheLength()
    {
        _files.CreateDirectory(_directory);
        using var file = _files.CreateNew(Path.Combine(_directory, "holes"));
        file.Write(Enumerable.Repeat((byte)7, 20_000).ToArray(), 0);

        file.PunchHole(10, 15_000);

        var read = new byte[20_001];
        Assert.Equal(20_000, file.Read(read, 0));
        Assert.Equal(5_000, read.Count(b => b == 7));
        Assert.Equal((7, 0, 0, 7), (read[9], read[10], read[15_009], read[15_010]));
    }

    [Fact]
    public void DelayedFlush_BlocksForTheDelay()
    {
        var disk = new DelayedFlushFileSystem(new ShadowFileSystem(), TimeSpan.FromMilliseconds(30));
        disk.CreateDirectory("/d");
        using var file = disk.CreateNew("/d/f");
        var start = TimeProvider.System.GetTimestamp();

        file.Flush();

        // Timers may fire a tick early.
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(28));
    }

    [Fact]
    public void Shadow_FailedFlush_LosesItsBytesThoughTheyReadWell()
    {
        var disk = new ShadowFileSystem();
        disk.CreateDirectory("/d");
        using var file = disk.CreateNew("/d/f");
        disk.SyncDirectory("/d");
        file.Write([1, 2, 3], 0);
        disk.FailAt(1, ShadowFault.FailBeforeEffect);
        Assert.Throws<IOException>(file.Flush);
        file.Write([4], 3);
        file.Flush();
        Assert.Equal([1, 2, 3, 4], disk.ReadAllBytes("/d/f"));

        disk.Crash(CrashMode.KeepAll);

        Assert.Equal([0, 0, 0, 4], disk.ReadAllBytes("/d/f"));
        Assert.Throws<IOException>(() => file.Write([1], 0));
    }

    [Fact]
    public void Shadow_NameNotSynced_IsGone()
    {
        var disk = new ShadowFileSystem();
        disk.CreateDirectory("/d");
        using (var file = disk.CreateNew("/d/f"))
            file.Flush();
        disk.Place("/d/old", [1]); // syncs the directory
        disk.CreateNew("/d/g").Flush();
        disk.Replace("/d/old", "/d/renamed");

        disk.Crash(CrashMode.Drop);

        Assert.Equal(["f", "old"], disk.EnumerateFiles("/d").Order(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }
}
