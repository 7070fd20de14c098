using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;
using EdgeEnforcement.Testing.Servers;

namespace EdgeEnforcement.Mqtt.Tests.Client.Foreign;

/// <summary>Takes TLS 1.2 and later, and only clients whose certificate is of its own authority.</summary>
internal sealed class TlsMosquitto : Mosquitto
{
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-1);

    public TlsMosquitto()
    {
        Authority = Create("authority", null, r => r.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true)));
        var server = Create("localhost", Authority, request =>
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        });
        File.WriteAllText(Path.Combine(Folder, "ca.pem"), Authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(Folder, "server.pem"), server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(Folder, "server.key"), server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    public X509Certificate2 Authority { get; }

    protected override IEnumerable<string> Listener =>
    [
        $"cafile {Folder}/ca.pem", $"certfile {Folder}/server.pem", $"keyfile {Folder}/server.key", "require_certificate true",
        "use_identity_as_username true", "allow_anonymous false",
    ];

    public X509Certificate2 ClientCertificate(string name) => Create(name, Authority, _ => { });

    private static X509Certificate2 Create(string name, X509Certificate2? issuer, Action<CertificateRequest> extend)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        extend(request);
        if (issuer is null)
            return request.CreateSelfSigned(From, From.AddYears(1));
        var serial = RandomNumberGenerator.GetBytes(8);
        using var signed = request.Create(issuer, From, From.AddMonths(6), serial);
        return signed.CopyWithPrivateKey(key);
    }
}
