using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.Mqtt.Client;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink.Mqtt;

/// Report over MQTT 5.0. The spool is the session: each connection begins a clean one, and what has no receipt is sent again.
internal sealed class MqttReport(
    IOptions<MqttUplinkOptions> options, IOptions<UplinkOptions> uplink, IOptions<AgentOptions> agent, TimeProvider time) : IReportTransport
{
    private readonly Random _random = new();

    public string Name => "MQTT";

    public async Task<IReportConnection> ConnectAsync(CancellationToken cancellation)
    {
        var connection = new MqttReportConnection(agent.Value.Producer, Dialer(), options.Value.KeepAlive, uplink.Value.CallTimeout, time, _random);
        try
        {
            await connection.ConnectAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private TcpDialer Dialer()
    {
        var o = options.Value;
        if (!o.Tls)
            return new TcpDialer(o.Host, o.Port);
        var tls = new SslClientAuthenticationOptions { TargetHost = o.Host };
        if (o.TrustFile.Length > 0)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(o.TrustFile);
            tls.CertificateChainPolicy = policy;
        }
        if (o.CertificateFile.Length > 0)
            tls.ClientCertificates = [X509Certificate2.CreateFromPemFile(o.CertificateFile, o.KeyFile)];
        return new TcpDialer(o.Host, o.Port, tls);
    }
}
