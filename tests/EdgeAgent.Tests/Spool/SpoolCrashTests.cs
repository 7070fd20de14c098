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
        return (key, new AgentSpool(files, paths, key, "dock-test", TimeProvider.System, NullLogger<AgentSpool>.Instance));
    }
}
