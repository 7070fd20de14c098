using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Space;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.SegmentLog.Space;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Space;

/// <summary>A station whose quota is small, with a centre that takes P1 and P2 only when it is told to.</summary>
public sealed class StationSpaceTests : IAsyncLifetime
{
    private const int Quota = 150_000;

    private readonly string _root = Directory.CreateTempSubdirectory("space-").FullName;
    private FakeCentre _centre = null!; // InitializeAsync

    public async ValueTask InitializeAsync() => _centre = await FakeCentre.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _centre.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Oldest_P2_is_given_up_under_certificates_that_cover_every_record_that_never_comes()
    {
        _centre.Faults.Postpones = r => r.Identity.RecordClass == RecordClass.P2;
        await using var agent = await StartAsync();
        var taken = await FillAsync(agent, RecordClass.P2, 300);
        await agent.AlertAsync("while full");
        await RunningAgent.UntilAsync(() => Certificates().Length > 0, "a certificate at the centre");
        await RunningAgent.UntilAsync(() => agent.Get<StationSpace>().State < SpaceState.Shed, "room again");
        Assert.True(agent.Get<StationSpace>().Reading.UsedBytes < Quota);

        _centre.Faults.Postpones = _ => false;
        // What was given up is not waited for: the cursor passes it.
        await RunningAgent.UntilAsync(() => agent.Get<AgentStatusReader>().Unsent() == 0, "the rest at the centre");

        var records = _centre.Ledger.Records;
        Assert.Contains(records, r => r.FieldAlert?.Title == "while full");
        var came = Sequences(RecordClass.P2);
        Assert.Equal(came.Order(), came.Distinct().Order());
        var last = agent.Get<AgentSpool>().Find(1, RecordClass.P2)!.LastSequence;
        Assert.True(last >= taken);
        var missing = Enumerable.Range(1, (int)last).Select(i => (ulong)i).Except(came).ToArray();
        Assert.NotEmpty(missing);
        Assert.All(missing, s => Assert.Contains(Certificates(), c => c.RecordClass == RecordClass.P2 && c.Epoch == 1 && c.FirstSequence <= s && s <= c.LastSequence));
        Assert.All(Certificates(), c => Assert.Contains("station disk", c.Reason));
        var p0 = Sequences(RecordClass.P0);
        Assert.Equal(Enumerable.Range(1, p0.Length).Select(i => (ulong)i), p0.Order());
    }

    [Fact]
    public async Task At_the_last_mark_only_P0_is_taken_and_all_is_taken_again_without_a_restart_when_there_is_room()
    {
        _centre.Faults.Postpones = r => r.Identity.RecordClass != RecordClass.P0;
        await using var agent = await StartAsync();
        var taken = await FillAsync(agent, RecordClass.P1, 300); // P1 is never given up
        Assert.InRange(taken, 50UL, 250UL);
        Assert.Equal(SpaceState.ReserveOnly, agent.Get<StationSpace>().State);

        var refused = await Assert.ThrowsAsync<StationFullException>(() => AppendAsync(agent, RecordClass.P2));
        Assert.Contains("only P0 is taken", refused.Message);
        await agent.AlertAsync("while full");
        await RunningAgent.UntilAsync(() => _centre.Ledger.Records.Any(r => r.FieldAlert?.Title == "while full"), "the alert, all the same");
        await RunningAgent.UntilAsync(
            () => _centre.Ledger.Records.Any(r => r.AgentStatus?.Storage == StorageState.ReserveOnly && r.Identity.RecordClass == RecordClass.P0), "the state, said in P0");
        Assert.True(agent.Get<StationAlarms>().Any(StationAlarms.StationDisk));
        var snapshot = agent.Get<AgentStatusReader>().Read();
        Assert.Equal("ReserveOnly", snapshot.DiskState);
        Assert.True(snapshot.RecordsNotTaken >= 2);
        Assert.Contains(StatusTable.Lines(snapshot), line => line.Contains("disk_state=ReserveOnly", StringComparison.Ordinal));

        // The centre has room: P1 goes there, is proved, and is deleted here.
        _centre.Faults.Postpones = _ => false;
        await RunningAgent.UntilAsync(() => agent.Get<StationSpace>().State == SpaceState.Normal, "room again");
        await RunningAgent.UntilAsync(() => !agent.Get<StationAlarms>().Any(StationAlarms.StationDisk), "the alarm cleared");
        await AppendAsync(agent, RecordClass.P1);
        await AppendAsync(agent, RecordClass.P2);
        await RunningAgent.UntilAsync(() => agent.Get<AgentStatusReader>().Unsent() == 0, "everything at the centre");
        Assert.Equal(Enumerable.Range(1, (int)taken + 1).Select(i => (ulong)i), Sequences(RecordClass.P1).Order());
        Assert.Empty(Certificates());
    }

    private Task<RunningAgent> StartAsync() => RunningAgent.StartAsync(_centre.Address, _root, 8 << 10, new Dictionary<string, string?>
    {
        ["Space:QuotaBytes"] = Quota.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Space:ReserveBytes"] = "0",
        ["Space:MeasureInterval"] = "00:00:00.020",
        ["Status:RecordInterval"] = "00:10:00",
        ["Status:QuietInterval"] = "01:00:00",
    });

    /// <summary>Appends until refused; how many were taken.</summary>
    private static async Task<ulong> FillAsync(RunningAgent agent, RecordClass recordClass, int count)
    {
        for (var i = 0; i < count; i++)
            try
            {
                await AppendAsync(agent, recordClass);
            }
            catch (StationFullException) when (recordClass == RecordClass.P2)
            {
                // Faster than the shedder for a moment: the source comes again.
                await RunningAgent.UntilAsync(() => agent.Get<StationSpace>().State < SpaceState.ReserveOnly, "room for P2");
            }
            catch (StationFullException)
            {
                break;
            }
        return agent.Get<AgentSpool>().Find(1, recordClass)!.LastSequence;
    }

    private static Task<SpooledRecord> AppendAsync(RunningAgent agent, RecordClass recordClass) => agent.Get<AgentSpool>().AppendAsync(
        recordClass, new Record { FieldAlert = new FieldAlert { Description = new string('x', 1000) } }, TestContext.Current.CancellationToken);

    private GapCertificate[] Certificates() => [.. _centre.Ledger.Records.Where(r => r.GapCertificate is not null).Select(r => r.GapCertificate)];

    private ulong[] Sequences(RecordClass recordClass) =>
        [.. _centre.Ledger.Records.Select(r => r.Identity).Where(i => i.Producer == "dock-test" && i.RecordClass == recordClass).Select(i => i.Sequence)];
}
