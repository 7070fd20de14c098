using EdgeEnforcement.Testing;

namespace EdgeEnforcement.SegmentLog.Tests;

public sealed class CrashTests
{
    private const int Seeds = 4;

    public static TheoryData<ShadowFault, CrashMode> Cases
    {
        get
        {
            var cases = new TheoryData<ShadowFault, CrashMode>();
            foreach (var fault in Enum.GetValues<ShadowFault>())
                foreach (var mode in Enum.GetValues<CrashMode>())
                    cases.Add(fault, mode);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void FaultAtEveryCall_ThenCrash_EveryPromiseIsKept(ShadowFault fault, CrashMode mode)
    {
        var call = 1;
        for (; ; call++)
        {
            var reached = false;
            for (var seed = 0; seed < Seeds; seed++)
            {
                var disk = new ShadowFileSystem();
                var harness = new CrashHarness(disk);
                disk.FailAt(call, fault);
                harness.RunWorkload();
                reached |= disk.FaultReached;
                disk.Crash(mode, (call * Seeds) + seed);
                harness.CheckRestart();
                Assert.True(harness.Broken.Count == 0, $"call {call}, seed {seed}: {string.Join("; ", harness.Broken)}");
            }
            if (!reached)
                break;
        }
        Assert.True(call > 60, $"The workload made only {call} calls.");
    }

    [Theory]
    [InlineData(ShadowFault.FailBeforeEffect)]
    [InlineData(ShadowFault.FailAfterEffect)]
    public void FaultAtEveryCall_ProcessRestartsOnTheSamePageCache_EveryPromiseIsKept(ShadowFault fault)
    {
        for (var call = 1; ; call++)
        {
            var disk = new ShadowFileSystem();
            var harness = new CrashHarness(disk);
            disk.FailAt(call, fault);
            harness.RunWorkload();
            var reached = disk.FaultReached;
            // No power cut: what a failed flush lost still reads well, and must be written anew to be promised.
            disk.RestartProcess();
            harness.CheckRestart();
            Assert.True(harness.Broken.Count == 0, $"call {call}: {string.Join("; ", harness.Broken)}");
            if (!reached)
                break;
        }
    }

    [Theory]
    [InlineData(CrashMode.Drop)]
    [InlineData(CrashMode.Tear)]
    [InlineData(CrashMode.Reorder)]
    [InlineData(CrashMode.KeepSome)]
    public void DeletingSegments_PowerCutAtEveryCall_NothingAboveIsLostAndTheLogOpens(CrashMode mode)
    {
        const int Keep = 60;
        for (var call = 1; ; call++)
        {
            var disk = new ShadowFileSystem();
            var options = new SegmentLogOptions { SegmentBytes = 512 };
            var batch = new RecordBatch();
            using (var writer = SegmentWriter.Open(disk, "/log", options, default, RecoveryFloor.None, out _))
            {
                for (var i = 0; i < 100; i++)
                {
                    batch.Clear();
                    batch.Add(BitConverter.GetBytes(i), new byte[40]);
                    writer.Append(batch);
                    writer.Flush();
                }
                disk.FailAt(call, ShadowFault.PowerOffAfterEffect);
                try
                {
                    writer.DeleteSegmentsBelow(new RecordIndex(Keep));
                }
                catch (SegmentLogFatalException)
                {
                    // what the power cut is to the writer
                }
            }
            var reached = disk.FaultReached;
            disk.Crash(mode, call);

            using var reopened = SegmentWriter.Open(disk, "/log", options, default, new RecoveryFloor(new RecordIndex(100)), out var report);
            Assert.True(report.FirstIndex.Value <= Keep, $"call {call}: begins at {report.FirstIndex}");
            Assert.Equal(100 - (int)report.FirstIndex.Value, reopened.Reader.ReadFrom(report.FirstIndex)
                .Count(r => BitConverter.ToInt32(r.Head.Span) == (int)r.Index.Value));
            if (!reached)
                break;
        }
    }

    [Fact]
    public void DiskFull_AtEveryByte_FailsCleanAndKeepsPromises()
    {
        for (var room = 0; room < 4000; room += 7)
        {
            var disk = new ShadowFileSystem { FreeBytes = room };
            var harness = new CrashHarness(disk);
            var finished = harness.RunWorkload();
            Assert.False(finished);
            disk.FreeBytes = long.MaxValue;
            disk.Crash((CrashMode)(room % 5), room);
            harness.CheckRestart();
            Assert.True(harness.Broken.Count == 0, $"room {room}: {string.Join("; ", harness.Broken)}");
        }
    }

    [Fact]
    public void Harness_WriterThatPromisesBeforeFlush_IsCaught()
    {
        var disk = new ShadowFileSystem();
        var harness = new CrashHarness(disk, new FlushlessFileSystem(disk));

        Assert.True(harness.RunWorkload());
        Assert.True(harness.PromisedCount > 0);
        disk.Crash(CrashMode.Drop);
        harness.CheckRestart();

        Assert.NotEmpty(harness.Broken);
    }

    [Fact]
    public void Workload_WithoutFault_RollsAndSharesFlushes()
    {
        var disk = new ShadowFileSystem();
        var harness = new CrashHarness(disk);

        Assert.True(harness.RunWorkload());
        Assert.Empty(harness.Broken);
        Assert.True(disk.EnumerateFiles(CrashHarness.Directory).Count > 4);
    }
}
