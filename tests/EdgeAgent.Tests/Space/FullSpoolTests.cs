using System.Diagnostics.Metrics;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Space;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Space;

/// <summary>The spool on the shadow disk: full at any byte, and a power cut at any step of giving records up.</summary>
public sealed class FullSpoolTests
{
    private const long Plenty = 1 << 20;
    private const long Reserve = 100_000; // free bytes at which a station is at its last mark

    private static readonly RecordClass[] Classes = [RecordClass.P0, RecordClass.P1, RecordClass.P2];

    [Fact]
    public async Task A_disk_full_at_any_byte_refuses_stops_nothing_else_and_is_taken_up_again_in_place()
    {
        var refusals = 0;
        for (long free = 0; free < 6000; free += 61)
        {
            var files = new ShadowFileSystem { FreeBytes = Plenty };
            var (spool, receipts) = await OpenAsync(files, numberedBefore: false);
            files.FreeBytes = free;
            var promised = new Dictionary<RecordClass, ulong> { [RecordClass.P0] = 1, [RecordClass.P1] = 0, [RecordClass.P2] = 0 };
            for (var i = 0; i < 12; i++)
                try
                {
                    var taken = await AppendAsync(spool, Classes[i % 3]);
                    promised[taken.Key.Class] = taken.Key.Sequence;
                }
                catch (StationFullException)
                {
                    refusals++;
                }
            Assert.False(spool.Failed.IsCompleted, "a full disk is no failed disk");

            files.FreeBytes = Plenty;
            foreach (var log in spool.All.Where(s => s.IsOutOfSpace))
                await log.ReopenAsync();

            foreach (var recordClass in Classes)
            {
                var log = spool.Find(1, recordClass)!;
                Assert.Equal((free, promised[recordClass]), (free, log.LastSequence));
                Assert.Equal(promised[recordClass] + 1, (await AppendAsync(spool, recordClass)).Key.Sequence);
                Assert.Equal(
                    Enumerable.Range(1, (int)promised[recordClass] + 1).Select(s => (ulong)s),
                    log.ReadFrom(1, int.MaxValue, long.MaxValue).Select(r => r.Key.Sequence));
            }
            await receipts.DisposeAsync();
            await spool.DisposeAsync();
        }
        Assert.True(refusals > 100, $"the disk was full {refusals} times");
    }

    [Fact]
    public async Task Without_room_for_the_copy_the_log_stays_closed_and_is_taken_up_at_a_later_try()
    {
        var files = new ShadowFileSystem { FreeBytes = Plenty };
        var (spool, receipts) = await OpenAsync(files, numberedBefore: false);
        await AppendAsync(spool, RecordClass.P2);
        files.FreeBytes = 0;
        await Assert.ThrowsAsync<StationFullException>(() => AppendAsync(spool, RecordClass.P2));
        var log = spool.Find(1, RecordClass.P2)!;

        await Assert.ThrowsAsync<SegmentLog.SegmentSpaceException>(log.ReopenAsync);
        Assert.True(log.IsOutOfSpace);
        Assert.Empty(log.ReadAhead(1, 10, 1000)); // closed for now: whoever reads comes again

        files.FreeBytes = Plenty;
        await log.ReopenAsync();
        Assert.Equal(2UL, (await AppendAsync(spool, RecordClass.P2)).Key.Sequence);
        Assert.Equal(2, log.ReadAhead(1, 10, 100_000).Count);
        await receipts.DisposeAsync();
        await spool.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_for_which_there_is_no_room_is_not_counted_and_is_taken_when_it_comes_again()
    {
        var files = new ShadowFileSystem { FreeBytes = Plenty };
        var (spool, receipts) = await OpenAsync(files, numberedBefore: false);
        var key = new RecordKey(1, RecordClass.P0, 1);
        files.FreeBytes = 10;
        await Assert.ThrowsAsync<StationFullException>(
            () => receipts.AddAsync(ReceiptKind.Record, key, new Receipt { Index = 7 }, TestContext.Current.CancellationToken));
        Assert.True(receipts.IsOutOfSpace);
        Assert.False(receipts.IsAnswered(key));
        Assert.False(receipts.Failed.IsCompleted);

        files.FreeBytes = Plenty;
        await receipts.ReopenAsync();
        await receipts.AddAsync(ReceiptKind.Record, key, new Receipt { Index = 7 }, TestContext.Current.CancellationToken);
        Assert.Equal(7UL, receipts.ReadReceipt(key)!.Index);
        await receipts.DisposeAsync();
        await spool.DisposeAsync();
    }

    [Theory]
    [InlineData(CrashMode.Drop, ShadowFault.PowerOffBeforeEffect)]
    [InlineData(CrashMode.Tear, ShadowFault.PowerOffAfterEffect)]
    [InlineData(CrashMode.Reorder, ShadowFault.PowerOffBeforeEffect)]
    public async Task A_power_cut_at_any_step_of_giving_up_leaves_every_record_there_or_certified(CrashMode mode, ShadowFault fault)
    {
        for (var step = 1; ; step++)
        {
            var files = new ShadowFileSystem();
            var (spool, receipts) = await OpenAsync(files, numberedBefore: false);
            for (var i = 0; i < 12; i++)
                await AppendAsync(spool, RecordClass.P2);
            files.FailAt(step, fault);
            files.FreeBytes = Reserve;
            try
            {
                await ShedderOf(files, spool, receipts).ShedAsync(TestContext.Current.CancellationToken);
            }
            catch (IOException) when (files.FaultReached)
            {
                // The power went, as told.
            }
            var reached = files.FaultReached;
            files.ClearFault();
            files.Crash(mode, step);
            files.FreeBytes = Plenty;

            var (again, answers) = await OpenAsync(files, numberedBefore: true);
            var log = again.Find(1, RecordClass.P2)!;
            var certified = Certificates(again).SelectMany(c => Range(c.FirstSequence, c.LastSequence)).ToHashSet();
            var there = log.ReadFrom(log.FirstSequence, int.MaxValue, long.MaxValue).Select(r => r.Key.Sequence).ToHashSet();
            Assert.All(Range(1, 12), s => Assert.True(there.Contains(s) || certified.Contains(s), $"step {step}: {s} is neither there nor certified"));
            // What was given up is waited for by nobody; what a crash kept is sent like any other.
            Assert.Equal(log.FirstSequence - 1, answers.ContiguousOf(1, RecordClass.P2));
            Assert.Equal(13UL, (await AppendAsync(again, RecordClass.P2)).Key.Sequence);
            await answers.DisposeAsync();
            await again.DisposeAsync();
            if (reached)
                continue;
            Assert.True(log.FirstSequence > 1, "something was given up");
            return;
        }
    }

    [Fact]
    public async Task It_gives_up_whole_segments_oldest_first_and_only_as_many_as_it_must()
    {
        var files = new ShadowFileSystem();
        var (spool, receipts) = await OpenAsync(files, numberedBefore: false);
        for (var i = 0; i < 60; i++)
            await AppendAsync(spool, RecordClass.P2);
        // 85 % is 7.5 times the reserve: two segments' worth is missing.
        const long reserve = 10_000;
        files.FreeBytes = 73_500;

        await ShedderOf(files, spool, receipts, reserve).ShedAsync(TestContext.Current.CancellationToken);

        var certificates = Certificates(spool);
        Assert.InRange(certificates.Length, 1, 3);
        var log = spool.Find(1, RecordClass.P2)!;
        Assert.Equal(
            Range(1, log.FirstSequence - 1), certificates.SelectMany(c => Range(c.FirstSequence, c.LastSequence)));
        Assert.Equal(log.FirstSequence - 1, receipts.ContiguousOf(1, RecordClass.P2));
        Assert.All(certificates, c => Assert.Matches(@"station disk \d+ % full; (\d+) of \1 records had no receipt", c.Reason));
        await receipts.DisposeAsync();
        await spool.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_given_up_that_detection_has_not_judged()
    {
        var files = new ShadowFileSystem();
        var (spool, receipts) = await OpenAsync(files, numberedBefore: false);
        for (var i = 0; i < 60; i++)
            await AppendAsync(spool, RecordClass.P2);
        files.FreeBytes = Reserve;
        var marks = new ReadMarks { IsHeld = true };
        var log = spool.Find(1, RecordClass.P2)!;

        await ShedderOf(files, spool, receipts, marks: marks).ShedAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1UL, log.FirstSequence);

        marks.Read(1, RecordClass.P2, 20);
        await ShedderOf(files, spool, receipts, marks: marks).ShedAsync(TestContext.Current.CancellationToken);
        Assert.InRange(log.FirstSequence, 2UL, 21UL);
        await receipts.DisposeAsync();
        await spool.DisposeAsync();
    }

    private static SpoolShedder ShedderOf(ShadowFileSystem files, AgentSpool spool, ReceiptStore receipts, long reserve = Reserve, ReadMarks? marks = null)
    {
        var metrics = new AgentMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
        var space = new StationSpace(
            new AgentPaths("/nowhere/agent"), files, Options.Create(new SpaceOptions { ReserveBytes = reserve }), metrics, TimeProvider.System);
        space.Measure();
        return new SpoolShedder(spool, receipts, space, marks ?? new ReadMarks { IsHeld = false }, metrics, NullLogger<SpoolShedder>.Instance);
    }

    private static GapCertificate[] Certificates(AgentSpool spool) =>
        [.. spool.Find(1, RecordClass.P0)!.ReadFrom(1, int.MaxValue, long.MaxValue).Select(r =>
            EnvelopeReader.TryRead(r.Envelope, out var opened) ? opened.Record!.GapCertificate : null).OfType<GapCertificate>()];

    private static IEnumerable<ulong> Range(ulong first, ulong last) => Enumerable.Range((int)first, (int)(last - first + 1)).Select(i => (ulong)i);

    private static Task<SpooledRecord> AppendAsync(AgentSpool spool, RecordClass recordClass) =>
        spool.AppendAsync(recordClass, new Record { FieldAlert = new FieldAlert { Title = "a" } }, TestContext.Current.CancellationToken);

    private static async Task<(AgentSpool, ReceiptStore)> OpenAsync(ShadowFileSystem files, bool numberedBefore)
    {
        var paths = new AgentPaths("/nowhere/agent");
        var key = new ProducerKey(files, paths);
        key.Open();
        var spool = new AgentSpool(
            files, paths, key, new AgentOptions { Producer = "dock-test", SpoolSegmentBytes = 1024 }, TimeProvider.System, NullLogger<AgentSpool>.Instance);
        await spool.OpenAsync(numberedBefore, TestContext.Current.CancellationToken);
        var receipts = new ReceiptStore(files, paths);
        receipts.Open();
        foreach (var log in spool.All)
            receipts.BeginAt(log.Epoch, log.Class, log.FirstSequence);
        return (spool, receipts);
    }
}
