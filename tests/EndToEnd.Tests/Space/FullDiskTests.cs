using System.Text.Json;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Durability;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EndToEnd.Tests.Space;

/// <summary>
/// Both disks fill up and are freed again under two running processes that nobody restarts: what is refused comes later, what is given up
/// is certified, and P0 flows all the while.
/// </summary>
public sealed class FullDiskTests
{
    private const string Producer = "dock-test-01";
    private const long ServiceQuota = 1_000_000_000;
    private const long AgentQuota = 200_000_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new();

    [Theory]
    [InlineData("grpc")]
    [InlineData("mqtt")]
    public async Task Both_disks_fill_up_P0_goes_on_P2_comes_later_or_is_certified_and_all_resumes_without_a_restart(string transport)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var service = new ServiceUnderTest(folder.Sub("data"));
        await using var agent = new AgentUnderTest(folder.Path, service.GrpcAddress);
        Configure(service, agent);
        agent.UseTransport(transport, service.MqttPort);
        await service.StartAsync();
        await agent.StartAsync();
        var (serviceId, agentId) = (service.Process.Id, agent.Process.Id);
        var alerts = new List<string>();
        await AlertAsync(agent, alerts, 20);
        await Eventually.Holds("everything at the centre", Limit, async () => await UnsentAsync(agent, "P0", "P1", "P2") == 0);

        // The centre at 92 %: P2 is told to come later, P0 is not.
        Ballast(service.DataDirectory, ServiceQuota * 92 / 100);
        await Eventually.Holds("the service refuses P2", Limit, () => HealthIsAsync(service, "Shed"));
        await AlertAsync(agent, alerts, 60);
        await Eventually.Holds("P0 flows past a refused P2", Limit, async () => await UnsentAsync(agent, "P0") == 0 && await UnsentAsync(agent, "P2") > 5);
        Assert.Contains("BUSY", (await agent.StatusAsync())!.Uplink);

        // At 96 % media waits; its manifest is in the ledger.
        Ballast(service.DataDirectory, ServiceQuota * 96 / 100);
        await Eventually.Holds("the service holds media", Limit, () => HealthIsAsync(service, "HoldMedia"));
        await File.WriteAllBytesAsync(
            Path.Combine(agent.Bays[0], Footage.Name("TA00716", "000001", TimeProvider.System.GetUtcNow())), Footage.Make(new Random(1), 200_000), cancellation);
        await Eventually.Holds("the manifest is anchored", Limit, async () => (await agent.StatusAsync())!.FilesKnown == 1 && await UnsentAsync(agent, "P0") == 0);

        // The station at 92 %: oldest P2, which the centre does not take, is given up.
        Ballast(agent.DataDirectory, AgentQuota * 92 / 100);
        await Eventually.Holds("the station gives up P2", Limit, () => Task.FromResult(agent.Process.Output.Contains("Given up for want of space", StringComparison.Ordinal)));
        Ballast(service.DataDirectory, ServiceQuota * 985 / 1000);
        await Eventually.Holds("the service takes P0 only", Limit, () => HealthIsAsync(service, "ReserveOnly"));
        await AlertAsync(agent, alerts, 20);
        await Eventually.Holds("P0 flows, certificates with it", Limit, async () => await UnsentAsync(agent, "P0") == 0);
        var full = (await agent.StatusAsync())!;
        Assert.Equal(0, full.FilesAtCentre);
        Assert.Contains("STATION_DISK", full.Alarms.Keys);
        Assert.Contains("space_state{volume=\"data\"} 4", await Http.GetStringAsync(new Uri(service.HttpAddress + "/metrics"), cancellation));

        // Room again on both sides. Nobody is restarted.
        File.Delete(Path.Combine(service.DataDirectory, "ballast"));
        File.Delete(Path.Combine(agent.DataDirectory, "ballast"));
        await Eventually.Holds("the service is well", Limit, () => HealthIsAsync(service, "Normal"));
        await Eventually.Holds("the station has everything proved and stored", Limit, async () => (await agent.StatusAsync())!.IsDone(1));
        Assert.Empty((await agent.StatusAsync())!.Alarms);
        Assert.Equal((serviceId, agentId), (service.Process.Id, agent.Process.Id));
        await agent.Process.TerminateAsync();

        using (var channel = service.Channel())
        {
            Check(await LedgerDump.ReadAsync(channel, cancellation), alerts);
            var fleet = await new Desk.DeskClient(channel).ListFleetAsync(new ListFleetRequest(), cancellationToken: cancellation);
            var row = fleet.Rows.Single(r => r.Producer == Producer);
            Assert.Equal(0UL, row.Gaps);
            Assert.True(row.ExplainedGaps > 0);
            Assert.Contains("station disk", row.Explanation);
        }
        await service.Process.TerminateAsync();
        var (code, output) = await service.VerifyAsync();
        Assert.True(code == 0, output);
    }

    private static void Check(LedgerDump ledger, List<string> alerts)
    {
        var mine = ledger.Entries.Where(e => e.Leaf.Producer == Producer).ToList();
        Assert.All(mine.GroupBy(e => (e.Leaf.Epoch, e.Leaf.Class, e.Leaf.Sequence)), same => Assert.Single(same));
        var p0 = Sequences(RecordClass.P0);
        Assert.Equal(Enumerable.Range(1, p0.Count).Select(i => (ulong)i), p0.Order());
        var episodes = mine.Select(e => e.Record?.FieldAlert?.EpisodeId).OfType<string>().ToList();
        Assert.Equal(alerts.Order(), episodes.Order());

        var certificates = mine.Select(e => e.Record?.GapCertificate).OfType<GapCertificate>().ToList();
        var p2 = Sequences(RecordClass.P2);
        var missing = Enumerable.Range(1, (int)p2.Max()).Select(i => (ulong)i).Except(p2).ToList();
        Assert.NotEmpty(missing);
        Assert.All(missing, s => Assert.Contains(certificates, c => c.RecordClass == RecordClass.P2 && c.FirstSequence <= s && s <= c.LastSequence));

        var states = ledger.Entries.Select(e => e.Record?.StorageStateChanged).OfType<StorageStateChanged>().ToList();
        Assert.Equal(
            [StorageState.Normal, StorageState.Shed, StorageState.HoldMedia, StorageState.ReserveOnly], states.Select(s => s.From).Take(4));
        Assert.Equal(StorageState.Normal, states[^1].To);
        Assert.All(states.Zip(states.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));

        HashSet<ulong> Sequences(RecordClass recordClass) => [.. mine.Where(e => e.Leaf.Class == (byte)recordClass).Select(e => e.Leaf.Sequence)];
    }

    // Small segments, so that something is closed and can be given up; a status for every change.
    private static void Configure(ServiceUnderTest service, AgentUnderTest agent)
    {
        service.Environment["EE_Space__QuotaBytes"] = ServiceQuota.ToString(System.Globalization.CultureInfo.InvariantCulture);
        service.Environment["EE_Space__ReserveBytes"] = "0";
        service.Environment["EE_Space__FloorBytes"] = "0";
        service.Environment["EE_Space__MeasureInterval"] = "00:00:00.050";
        service.Environment["EE_Media__ReserveBytes"] = "0";
        agent.Environment["EDGE_AGENT_Space__QuotaBytes"] = AgentQuota.ToString(System.Globalization.CultureInfo.InvariantCulture);
        agent.Environment["EDGE_AGENT_Space__ReserveBytes"] = "0";
        agent.Environment["EDGE_AGENT_Space__MeasureInterval"] = "00:00:00.100";
        agent.Environment["EDGE_AGENT_Agent__SpoolSegmentBytes"] = "2048";
        agent.Environment["EDGE_AGENT_Status__RecordInterval"] = "00:00:00.050";
        agent.Environment["EDGE_AGENT_Uplink__CleaningInterval"] = "00:00:01";
    }

    /// <summary>A file of others' on the same quota, sparse: only its length counts.</summary>
    private static void Ballast(string directory, long bytes)
    {
        using var file = File.Open(Path.Combine(directory, "ballast"), FileMode.OpenOrCreate);
        file.SetLength(bytes);
    }

    private static async Task AlertAsync(AgentUnderTest agent, List<string> alerts, int count)
    {
        for (var i = 0; i < count; i++)
        {
            alerts.Add(await agent.TryAlertAsync($"报警 {alerts.Count}") ?? throw new InvalidOperationException("an alert was not taken"));
            // Each status sees another alert: a record of P2 for most of them.
            await Task.Delay(TimeSpan.FromMilliseconds(60), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<long> UnsentAsync(AgentUnderTest agent, params string[] classes) =>
        (await agent.StatusAsync())!.Classes.Where(c => classes.Contains(c.Class)).Sum(c => (long)c.Unsent);

    private static async Task<bool> HealthIsAsync(ServiceUnderTest service, string state)
    {
        using var health = JsonDocument.Parse(await Http.GetStringAsync(new Uri(service.HttpAddress + "/health"), TestContext.Current.CancellationToken));
        var root = health.RootElement;
        Assert.True(root.GetProperty("ready").GetBoolean(), "a full disk is no reason to be down");
        var found = root.GetProperty("parts").GetProperty("space").GetProperty("numbers").GetProperty("dataState").GetString();
        Assert.Equal(found != "Normal", root.GetProperty("degraded").GetBoolean());
        return found == state;
    }
}
