using EdgeEnforcement.Testing;
using EdgeEnforcement.Testing.Servers;

namespace EdgeEnforcement.Mqtt.Tests.Client.Foreign;

/// <summary>Takes TLS 1.2 and later, and only clients whose certificate is of its own authority.</summary>
internal sealed class TlsMosquitto : Mosquitto
{
    public TlsMosquitto() => Authority.Write(Folder, "server").Dispose();

    public TestAuthority Authority { get; } = new();

    protected override IEnumerable<string> Listener =>
    [
        $"cafile {Folder}/ca.pem", $"certfile {Folder}/server.pem", $"keyfile {Folder}/server.key", "require_certificate true",
        "use_identity_as_username true", "allow_anonymous false",
    ];
}
