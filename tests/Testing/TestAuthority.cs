using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeEnforcement.Testing;

/// <summary>A certificate authority of one test: P-256, valid from yesterday for a year.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly DateTimeOffset _from = TimeProvider.System.GetUtcNow().AddDays(-1);

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Certificate = request.CreateSelfSigned(_from, _from.AddYears(1));
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>With its key. It is a server's on 127.0.0.1 as well as a client's of that name.</summary>
    public X509Certificate2 Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(Certificate, _from, _from.AddMonths(6), RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>As PEM: <c>ca.pem</c>, and <c>{name}.pem</c> with <c>{name}.key</c> of a new certificate, which is returned.</summary>
    public X509Certificate2 Write(string folder, string name)
    {
        var issued = Issue(name);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), Certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, name + ".pem"), issued.ExportCertificatePem());
        using var key = issued.GetECDsaPrivateKey()!; // issued with one
        File.WriteAllText(Path.Combine(folder, name + ".key"), key.ExportPkcs8PrivateKeyPem());
        return issued;
    }

    public void Dispose() => Certificate.Dispose();
}
