using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>
/// The running agent on the real file system: one of the calls its promises rest on answers EIO, or the process is killed in it, while
/// it starts for the first time, docks a file and hands it over. It either goes on or ends. Started again the file is at the
/// centre whole and once, every receipt it holds is in the ledger once, an alert it took is there, and its own verify finds
/// no difference. The short form strikes the calls named here; EE_LONG=1 strikes every call of a run that was traced before, both ways.
/// </summary>
public sealed class AgentDiskInjectionTests(ITestOutputHelper output)
{
    private const string Fails = "error=EIO";
    private const string Dies = "signal=KILL";
    private const string Copy = "media/incoming/1.part";
    private const string Segment = "00000000000000000000.seg";

    // Most of a station's time is waiting for the next scan, proof or start.
    private const int AtOnce = 2;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// A call of each step that matters, in the order of a run. strace counts by thread: only the logs' own threads can be asked for a
    /// later call than their first.
    private static readonly AgentFault[] Named =
    [
        new("rename", "spool/epoch.json.new", 1, Dies),
        new("pwrite64", Copy, 1, Fails),
        new("fsync", Copy, 1, Fails),
        new("rename", Copy, 1, Dies),
        new("fsync", StruckStation.CopyFolder, 1, Dies),
        new("fsync", "spool/e000001/p0/" + Segment, 4, Fails),
        new("fsync", "receipts/" + Segment, 2, Dies),
        new("rename", "ledger.json.new", 1, Fails),
    ];

    [Theory]
    [InlineData("grpc")]
    [InlineData("mqtt")]
    public async Task One_failing_call_of_the_agent_loses_and_doubles_nothing(string transport)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var service = new ServiceUnderTest(folder.Sub("data"));
        await service.StartAsync();
        var faults = LongForm.IsWanted ? await AllAsync(service, transport, folder) : Named;

        var stations = faults.Select((fault, i) => new StruckStation(folder.Sub($"station-{i}"), service, transport, $"dock-fault-{i}", seed: i) { Fault = fault }).ToList();
        await Parallel.ForEachAsync(stations, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (station, _) =>
        {
            await station.StrikeAsync(Limit);
            output.WriteLine($"{station.Fault}: {station.Outcome}");
            await station.RecoverAsync(Limit);
            Assert.True(station.Verdict.Code == 0, $"{station.Fault}: {station.Verdict.Output}");
        });

        using var channel = service.Channel();
        var ledger = await LedgerDump.ReadAsync(channel, cancellation);
        foreach (var station in stations)
            station.Hold(ledger, service.DataDirectory);
        // strace counts by thread: in the long form some calls are not met again in the thread that made them first.
        var struck = stations.Count(s => s.Struck);
        Assert.True(LongForm.IsWanted ? struck * 2 >= stations.Count : struck == stations.Count, $"{struck} of {stations.Count} faults struck");
    }

    private static async Task<AgentFault[]> AllAsync(ServiceUnderTest service, string transport, TemporaryFolder folder)
    {
        var station = new StruckStation(folder.Sub("listed"), service, transport, "dock-listed", seed: -1);
        var calls = await station.ListAsync(Limit);
        Assert.True(calls.Count > 40, string.Join('\n', calls));
        return [.. calls.SelectMany(c => new[] { Fails, Dies }.Select(way => new AgentFault(c.Name, c.Path, 1, way)))];
    }
}
