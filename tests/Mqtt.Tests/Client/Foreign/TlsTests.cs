using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using EdgeEnforcement.Mqtt.Client;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.Mqtt.Tests.Client.Foreign;

public sealed class TlsTests : IAsyncLifetime
{
    private readonly TlsMosquitto _server = new();

    public ValueTask InitializeAsync() => new(_server.StartAsync(TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact(Timeout = 120_000)]
    public async Task A_client_certificate_opens_the_door()
    {
        await using var client = Client(Tls(withCertificate: true, _server.Authority.Certificate));
        var ticket = await client.PublishAsync("t", QoS.ExactlyOnce, payloadBytes: 100_000);

        Assert.Equal(PublishResultKind.Acknowledged, (await ticket).Kind);
        Assert.Empty(client.Ear.Causes);
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_one_it_stays_shut()
    {
        await using var client = Client(Tls(withCertificate: false, _server.Authority.Certificate));

        await Ear.UntilAsync(() => client.Ear.Causes.Count > 1, "two refusals");
        Assert.Empty(client.Ear.Connections);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_we_do_not_trust_is_unreachable()
    {
        using var stranger = new TestAuthority();
        await using var client = Client(Tls(withCertificate: true, stranger.Certificate));

        await Ear.UntilAsync(() => client.Ear.Causes.Count > 0, "the refusal");
        Assert.Equal(DisconnectKind.Unreachable, client.Ear.Causes[0].Kind);
        Assert.Empty(client.Ear.Connections);
    }

    private RunningClient Client(SslClientAuthenticationOptions tls) =>
        new(_server.Port, new MqttClientOptions { ClientId = "device-1" }, dialer: new TcpDialer("127.0.0.1", _server.Port, tls));

    private SslClientAuthenticationOptions Tls(bool withCertificate, X509Certificate2 trusted)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
            },
        };
        options.CertificateChainPolicy.CustomTrustStore.Add(trusted);
        if (withCertificate)
            options.ClientCertificates = [_server.Authority.Issue("device-1")];
        return options;
    }
}
