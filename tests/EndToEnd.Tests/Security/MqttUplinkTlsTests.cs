using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using EdgeEnforcement.EndToEnd.Tests.Durability;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.EndToEnd.Tests.Security;

/// <summary>
/// The station's section Uplink:Mqtt with TLS, between real processes: it speaks only to a centre whose certificate is of the authority in TrustFile,
/// and the centre's rules let in only the station that shows its certificate. What does not get through stays in the spool and comes when it may.
/// </summary>
public sealed class MqttUplinkTlsTests : IDisposable
{
    private const string Station = "dock-test-01";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Records_go_only_from_the_certified_station_to_the_certified_centre()
    {
        var certificates = _folder.Sub("certificates");
        using var station = _authority.Write(certificates, "station");
        using var centre = _authority.Write(certificates, "centre");
        using var another = _authority.Write(certificates, "another");
        var strangers = _folder.Sub("strangers");
        using var stranger = new TestAuthority();
        using var strangersCentre = stranger.Write(strangers, "centre");

        var tlsPort = LoopbackPort.Next();
        await using var service = new ServiceUnderTest(_folder.Sub("data")) { MqttAccess = Rules(station.GetCertHashString(HashAlgorithmName.SHA256)) };
        service.Environment["EE_Door__Mqtt__TlsPort"] = tlsPort.ToString(CultureInfo.InvariantCulture);
        Centre(service, certificates);
        await using var agent = new AgentUnderTest(_folder.Path, service.GrpcAddress, Station);
        agent.UseTransport("mqtt", tlsPort);
        agent.Environment["EDGE_AGENT_Uplink__Mqtt__Tls"] = "true";
        var episodes = new List<string>();

        Shows(agent, certificates, certificates, "station");
        await service.StartAsync();
        await agent.StartAsync();
        episodes.Add(await Eventually.Gives("an alert is taken", Limit, () => agent.TryAlertAsync("certified"), () => agent.Process.Output));
        await Eventually.Holds("everything is proved", Limit, async () => (await agent.StatusAsync())?.IsDone(0) == true, () => agent.Process.Output);
        await agent.KillAsync();

        // An authority that did not make the centre's certificate; the certificate of somebody else; none.
        await RefusedAsync(agent, () => Shows(agent, strangers, certificates, "station"), episodes, "MQTT: Unreachable");
        await RefusedAsync(agent, () => Shows(agent, certificates, certificates, "another"), episodes, "NotAuthorized");
        await RefusedAsync(agent, () => Shows(agent, certificates, certificates, null), episodes, "NotAuthorized");

        Shows(agent, certificates, certificates, "station");
        await agent.StartAsync();
        await Eventually.Holds("it came when it might", Limit, async () => (await agent.StatusAsync())?.IsDone(0) == true, () => agent.Process.Output);

        // The centre comes back under a certificate that somebody else made for it.
        await service.KillAsync();
        Centre(service, strangers);
        await service.StartAsync();
        await WaitsAsync(agent, episodes, "MQTT: Unreachable");
        await service.KillAsync();
        Centre(service, certificates);
        await service.StartAsync();
        await Eventually.Holds("it came when it might", Limit, async () => (await agent.StatusAsync())?.IsDone(0) == true, () => agent.Process.Output);
        await agent.Process.TerminateAsync();

        using var channel = service.Channel();
        var ledger = await LedgerDump.ReadAsync(channel, TestContext.Current.CancellationToken);
        StationPromises.Hold(AgentEvidence.Read(agent.DataDirectory, Station), ledger, Station);
        StationPromises.HoldAlerts(ledger, episodes);
        Assert.Equal(5, episodes.Count);
    }

    private static void Centre(ServiceUnderTest service, string folder)
    {
        service.Environment["EE_Door__Mqtt__CertificateFile"] = Path.Combine(folder, "centre.pem");
        service.Environment["EE_Door__Mqtt__KeyFile"] = Path.Combine(folder, "centre.key");
    }

    private static void Shows(AgentUnderTest agent, string trusts, string certificates, string? shows)
    {
        agent.Environment["EDGE_AGENT_Uplink__Mqtt__TrustFile"] = Path.Combine(trusts, "ca.pem");
        agent.Environment["EDGE_AGENT_Uplink__Mqtt__CertificateFile"] = shows is null ? "" : Path.Combine(certificates, shows + ".pem");
        agent.Environment["EDGE_AGENT_Uplink__Mqtt__KeyFile"] = shows is null ? "" : Path.Combine(certificates, shows + ".key");
    }

    private static async Task RefusedAsync(AgentUnderTest agent, Action shows, List<string> episodes, string reason)
    {
        shows();
        await agent.StartAsync();
        await WaitsAsync(agent, episodes, reason);
        await agent.KillAsync();
    }

    /// <summary>It is refused, says why, and keeps what it is given.</summary>
    private static async Task WaitsAsync(AgentUnderTest agent, List<string> episodes, string reason)
    {
        episodes.Add(await Eventually.Gives("an alert is taken", Limit, () => agent.TryAlertAsync($"报警 {episodes.Count}"), () => agent.Process.Output));
        await Eventually.Holds($"the station says {reason}", Limit, async () =>
            await agent.StatusAsync() is { Unsent: > 0 } status && status.Uplink.Contains(reason, StringComparison.Ordinal), () => agent.Process.Output);
    }

    private string Rules(string certificateSha256)
    {
        var file = Path.Combine(_folder.Path, "rules.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            rules = new[]
            {
                new { client = Station, certificateSha256, publish = new[] { "ee/v1/{client}/up/#" }, subscribe = new[] { "ee/v1/{client}/down" } },
            },
        }));
        return file;
    }
}
