using System.Security.Cryptography;
using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace EdgeEnforcement.EndToEnd.Tests.Registers;

/// <summary>
/// A version registered over gRPC reaches a running agent, which runs with it, says so and can show why, offline; a bad one changes nothing;
/// a roll-back is a new version; a kill at any moment leaves one of them in force.
/// </summary>
public sealed class AgentConfigurationTests
{
    private const string Night = """{ "Upload": { "UploadAll": false }, "Dock": { "ScanInterval": "00:00:00.300" } }""";
    private const string Day = """{ "Upload": { "UploadAll": true } }""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_station_is_configured_from_the_centre_refuses_what_does_not_do_and_is_rolled_back()
    {
        using TemporaryFolder folder = new();
        await using ServiceUnderTest service = new(folder.Sub("data"));
        await service.StartAsync();
        using GrpcChannel channel = service.Channel();
        await using AgentUnderTest agent = new(folder.Path, service.GrpcAddress)
        {
            Environment = { ["EDGE_AGENT_RemoteConfiguration__Interval"] = "00:00:00.200" },
        };
        await agent.StartAsync();

        ulong night = await RegisterAsync(channel, agent.Producer, Night, seen: 0);
        await RunsWithAsync(agent, night);
        ulong day = await RegisterAsync(channel, agent.Producer, Day, seen: night + 1);
        await RunsWithAsync(agent, day);
        ulong bad = await RegisterAsync(channel, agent.Producer, """{ "Upload": { "ParallelFiles": 99 }, "Agent": { "Producer": "x" } }""", seen: day + 1);
        await Eventually.Holds("the bad version is refused", TimeSpan.FromSeconds(60), async () => (await StatusAsync(agent))?.SeenEntry == bad, () => agent.Process.Output);
        Assert.Equal(day, (await StatusAsync(agent))?.Entry);

        await agent.KillAsync();
        ulong back = await RegisterAsync(channel, agent.Producer, Night, seen: bad + 1, repeats: night);
        await agent.StartAsync();
        await RunsWithAsync(agent, back);
        await agent.KillAsync();

        (int code, string shown) = await agent.RunAsync("configuration");
        Assert.True(code == 0, shown);
        Assert.Contains($"runs with: version {back} of ", shown, StringComparison.Ordinal);
        Assert.Contains($"repeats version {night}", shown, StringComparison.Ordinal);
        Assert.Contains("PASS   PROOF", shown, StringComparison.Ordinal);
        await AssertLedgerSaysAsync(channel, agent.Producer, night, day, bad, back);
        Assert.Equal(0, (await service.VerifyAsync()).Code);
    }

    [Fact]
    public async Task What_no_station_could_take_is_not_registered()
    {
        using TemporaryFolder folder = new();
        await using ServiceUnderTest service = new(folder.Sub("data"));
        await service.StartAsync();
        using GrpcChannel channel = service.Channel();

        await RefusedAsync(channel, request => request.Changes[0].Change.AgentConfiguration.Content = ByteString.CopyFromUtf8("{"), "is no JSON object");
        await RefusedAsync(channel, request => request.Changes[0].Change.AgentConfiguration.Content = ByteString.CopyFromUtf8("""{ "a": 1, "a": 2 }"""), "is no JSON object");
        await RefusedAsync(channel, request => request.Changes[0].Change.AgentConfiguration.Producer = "other", "is kept under its producer's name");
        await RefusedAsync(channel, request => request.Changes[0].Change.ValidUntil = Timestamp.FromDateTimeOffset(DateTimeOffset.MaxValue.AddYears(-1)), "no period, no end, no correction");
        await RefusedAsync(channel, request => request.Changes.Add(Request("dock-2", Day, 0, 0).Changes), "is registered in an act of its own");
    }

    private static async Task AssertLedgerSaysAsync(GrpcChannel channel, string producer, ulong night, ulong day, ulong bad, ulong back)
    {
        // Of a version whose trial was cut short by a kill it is said again by the next start.
        IReadOnlyList<AgentConfigurationReport> said = [];
        await Eventually.Holds("the ledger has every report", TimeSpan.FromSeconds(60), async () =>
        {
            ConfigurationReportPage page = await new AgentConfigurations.AgentConfigurationsClient(channel).ListReportsAsync(
                new ListConfigurationReportsRequest { Producer = producer }, cancellationToken: Cancellation);
            said = [.. page.Rows.Reverse().Select(row => row.Report).DistinctBy(report => (report.Outcome, report.EntryIndex))];
            return said.Count >= 4;
        });
        Assert.Equal(
            [(ConfigurationOutcome.Applied, night), (ConfigurationOutcome.Applied, day), (ConfigurationOutcome.Refused, bad), (ConfigurationOutcome.Applied, back)],
            said.Select(report => (report.Outcome, report.EntryIndex)));
        Assert.Equal(2, said[2].Reasons.Count);
        Assert.Equal(day, said[2].RunsWithEntry);
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(Night)), said[3].Sha256.ToByteArray());
    }

    private static async Task RunsWithAsync(AgentUnderTest agent, ulong entry) => await Eventually.Holds(
        $"the agent runs with version {entry}", TimeSpan.FromSeconds(90),
        async () => await StatusAsync(agent) is { OnTrial: false } status && status.Entry == entry, () => agent.Process.Output);

    /// <summary>Null while the agent's host is being replaced.</summary>
    private static async Task<AgentUnderTest.ConfigurationStatus?> StatusAsync(AgentUnderTest agent)
    {
        try
        {
            return (await agent.StatusAsync())?.Configuration;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<ulong> RegisterAsync(GrpcChannel channel, string producer, string json, ulong seen, ulong repeats = 0) =>
        (await new RegisterActs.RegisterActsClient(channel).ChangeAsync(Request(producer, json, seen, repeats), cancellationToken: Cancellation)).EntryIndex;

    private static async Task RefusedAsync(GrpcChannel channel, Action<ChangeRegisterRequest> spoil, string why)
    {
        ChangeRegisterRequest request = Request("dock-1", Day, 0, 0);
        spoil(request);
        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            async () => await new RegisterActs.RegisterActsClient(channel).ChangeAsync(request, cancellationToken: Cancellation));
        Assert.Contains(why, refused.Status.Detail, StringComparison.Ordinal);
    }

    private static ChangeRegisterRequest Request(string producer, string json, ulong seen, ulong repeats)
    {
        byte[] content = Encoding.UTF8.GetBytes(json);
        return new ChangeRegisterRequest
        {
            Actor = new Actor { Id = "p1", Name = "周静", Unit = "信息中心" },
            Changes =
            {
                new ChangeToMake
                {
                    ExpectedVersion = seen,
                    Change = new RegisterChange
                    {
                        Id = producer,
                        Reason = repeats > 0 ? "回滚" : "远程配置",
                        AgentConfiguration = new AgentConfiguration
                        {
                            Producer = producer, Label = "巡查", RepeatsEntry = repeats,
                            Content = ByteString.CopyFrom(content), Sha256 = ByteString.CopyFrom(SHA256.HashData(content)),
                        },
                    },
                },
            },
        };
    }
}
