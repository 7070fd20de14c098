using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Spool;

public sealed class SpoolCrashTests
{
    [Theory]
    [InlineData(CrashMode.Drop, ShadowFault.PowerOffBeforeEffect)]
    [InlineData(CrashMode.Tear, ShadowFault.PowerOffAfterEffect)]
    [InlineData(CrashMode.Reorder, ShadowFault.PowerOffBeforeEffect)]
    public async Task A_power_cut_at_any_step_loses_nothing_that_was_promised_and_leaves_no_gap(CrashMode mode, ShadowFault fault)
    {
        for (var step = 1; ; step++)
        {
            var files = new ShadowFileSystem();
            files.FailAt(step, fault);
            var promised = await RunAsync(files, 6);
            var reached = files.FaultReached;
            files.ClearFault();
            files.Crash(mode, step);

            var (key, spool) = Make(files);
            key.Open();
            await spool.OpenAsync(numberedBefore: key.ExistedBefore, TestContext.Current.CancellationToken);
            if (spool.Current.Count > 0)
                Check(spool, promised);
            else
                Assert.Equal(0ul, promised);
            await spool.DisposeAsync();
            if (!reached)
                return;
        }
    }

    [Theory]
    [InlineData(CrashMode.Drop, ShadowFault.PowerOffBeforeEffect)]
    [InlineData(CrashMode.Tear, ShadowFault.PowerOffAfterEffect)]
    [InlineData(CrashMode.Reorder, ShadowFault.PowerOffBeforeEffect)]
    public async Task A_power_cut_while_proved_segments_are_deleted_leaves_the_rest_whole_and_in_order(CrashMode mode, ShadowFault fault)
    {
        for (var step = 1; ; step++)
        {
            var files = new ShadowFileSystem();
            var (key, spool) = Make(files);
            key.Open();
            await spool.OpenAsync(numberedBefore: false, TestContext.Current.CancellationToken);
            for (var i = 0; i < 20; i++)
                await spool.AppendAsync(RecordClass.P2, new Record { FieldAlert = new FieldAlert { Title = "a" } }, TestContext.Current.CancellationToken);
            files.FailAt(step, fault);
            try
            {
                spool.Find(1, RecordClass.P2)!.DeleteUpTo(12);
            }
            catch (IOException) when (files.FaultReached)
            {
                // The disk failed, as told.
            }
            var reached = files.FaultReached;
            files.ClearFault();
            files.Crash(mode, step);

            var (again, reopened) = Make(files);
            again.Open();
            await reopened.OpenAsync(numberedBefore: true, TestContext.Current.CancellationToken);
            var log = reopened.Find(1, RecordClass.P2)!;
            Assert.InRange(log.FirstSequence, 1ul, 13ul);
            Assert.Equal(
                Enumerable.Range((int)log.FirstSequence, 21 - (int)log.FirstSequence).Select(i => (ulong)i),
                log.ReadFrom(log.FirstSequence, int.MaxValue, long.MaxValue).Select(r => r.Key.Sequence));
            var next = await reopened.AppendAsync(RecordClass.P2, new Record { FieldAlert = new FieldAlert { Title = "b" } }, TestContext.Current.CancellationToken);
            Assert.Equal(21ul, next.Key.Sequence);
            await reopened.DisposeAsync();
            if (!reached)
            {
                Assert.True(log.FirstSequence > 1, "something was deleted");
                return;
            }
        }
    }

    private static void Check(AgentSpool spool, ulong promised)
    {
        var log = spool.Find(1, RecordClass.P0)!;
        Assert.True(log.LastSequence >= promised, $"{promised} were promised, {log.LastSequence} are there");
        var expected = 1ul;
        foreach (var (key, envelope) in log.ReadFrom(1, int.MaxValue, long.MaxValue))
        {
            Assert.True(EnvelopeReader.TryRead(envelope, out var opened));
            Assert.Equal((expected, expected), (key.Sequence, opened.Identity!.Sequence));
            Assert.Equal(expected == 1, opened.Record!.BodyCase == Record.BodyOneofCase.EpochStart);
            expected++;
        }
    }

    private static async Task<ulong> RunAsync(ShadowFileSystem files, int count)
    {
        ulong promised = 0;
        try
        {
            var (key, spool) = Make(files);
            key.Open();
            await spool.OpenAsync(numberedBefore: false, TestContext.Current.CancellationToken);
            for (var i = 0; i < count; i++)
                promised = (await spool.AppendAsync(
                    RecordClass.P0, new Record { FieldAlert = new FieldAlert { Title = "a" } }, TestContext.Current.CancellationToken)).Key.Sequence;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The disk failed, as told.
        }
        return promised;
    }

    private static (ProducerKey, AgentSpool) Make(ShadowFileSystem files)
    {
        var paths = new AgentPaths("/nowhere/agent");
        var key = new ProducerKey(files, paths);
        return (key, new AgentSpool(files, paths, key, new AgentOptions { Producer = "dock-test", SpoolSegmentBytes = 1024 }, TimeProvider.System, NullLogger<AgentSpool>.Instance));
    }
}
