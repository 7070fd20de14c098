using System.Collections.Concurrent;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>
/// `grpc-then-mqtt` on real wires that are cut in the middle of the stream while alerts keep coming: what cannot go one way goes the other,
/// both cut it waits, and in the end every record is in the ledger once.
/// </summary>
public sealed class FailOverTests
{
    private const int HastyCuts = 25;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenAlerts = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentBag<string> _episodes = [];

    [Fact]
    public async Task Records_change_ways_with_the_wires_and_none_is_lost_or_doubled()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var random = new Random(LongForm.Seed);
        TestContext.Current.SendDiagnosticMessage($"fail-over: EE_SEED={LongForm.Seed}");
        using var folder = new TemporaryFolder();
        await using var service = new ServiceUnderTest(folder.Sub("data"));
        await using var grpc = new TcpProxy(service.GrpcPort);
        await using var mqtt = new TcpProxy(service.MqttPort);
        await using var agent = new AgentUnderTest(folder.Path, $"http://127.0.0.1:{grpc.Port}");
        agent.UseTransport("grpc-then-mqtt", mqtt.Port);
        agent.Environment["EDGE_AGENT_Uplink__ReturnAfter"] = "00:00:02";
        await service.StartAsync();
        await agent.StartAsync();

        using (var feeding = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            var feeder = FeedAsync(agent, feeding.Token);
            await ArriveAsync(agent, "by gRPC");
            Assert.Equal(0, mqtt.Connections);

            await grpc.CutAsync();
            await ArriveAsync(agent, "by MQTT, gRPC being cut");
            await mqtt.CutAsync();
            grpc.Mend();
            await ArriveAsync(agent, "by gRPC again, MQTT being cut");

            await grpc.CutAsync();
            var kept = _episodes.Count;
            await Eventually.Holds("both cut: alerts are taken and wait", Limit, async () => _episodes.Count >= kept + 20 && (await UnsentAsync(agent)) >= 20);
            mqtt.Mend();
            await ArriveAsync(agent, "by MQTT, which came back first");
            grpc.Mend();
            var before = grpc.Connections;
            await Eventually.Holds("gRPC is looked at again in time, though MQTT works", Limit, () => Task.FromResult(grpc.Connections > before));
            await ArriveAsync(agent, "by the first way");

            for (var cut = 0; cut < HastyCuts; cut++)
            {
                var wire = random.Next(2) == 0 ? grpc : mqtt;
                await wire.CutAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 400)), TimeProvider.System, cancellation);
                wire.Mend();
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 600)), TimeProvider.System, cancellation);
            }
            await feeding.CancelAsync();
            await feeder;
        }

        await Eventually.Holds("everything is at the centre and proved", Limit, async () => (await agent.StatusAsync())?.IsDone(0) == true, () => agent.Process.Output);
        await agent.Process.TerminateAsync();
        using (var channel = service.Channel())
        {
            var ledger = await LedgerDump.ReadAsync(channel, cancellation);
            StationPromises.Hold(AgentEvidence.Read(agent.DataDirectory, agent.Producer), ledger, agent.Producer);
            StationPromises.HoldAlerts(ledger, _episodes);
        }
        TestContext.Current.SendDiagnosticMessage($"{_episodes.Count} alerts, {grpc.Connections} connections by gRPC, {mqtt.Connections} by MQTT");
        await service.Process.TerminateAsync();
        var (code, output) = await service.VerifyAsync();
        Assert.True(code == 0, output);
    }

    private async Task FeedAsync(AgentUnderTest agent, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            _episodes.Add(await agent.TryAlertAsync($"报警 {number}") ?? throw new InvalidOperationException("an alert was not taken"));
            await Task.Delay(BetweenAlerts, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Alerts taken from now on are answered by the centre, though they keep coming.</summary>
    private async Task ArriveAsync(AgentUnderTest agent, string how)
    {
        var from = await P0Async(agent);
        await Eventually.Holds($"records arrive {how}", Limit, async () => (await P0Async(agent)).Answered >= from.Last + 10, () => agent.Process.Output);
    }

    private static async Task<AgentUnderTest.ClassStatus> P0Async(AgentUnderTest agent) => (await agent.StatusAsync())!.Classes.Single(c => c.Class == "P0");

    private static async Task<ulong> UnsentAsync(AgentUnderTest agent) => (await P0Async(agent)).Unsent;
}
