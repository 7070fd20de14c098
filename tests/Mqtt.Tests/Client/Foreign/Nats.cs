using System.Diagnostics;
using EdgeEnforcement.Testing.Servers;

namespace EdgeEnforcement.Mqtt.Tests.Client.Foreign;

/// <summary>Debian: nats-server. 3.1.1, QoS 0 and 1, sessions in JetStream.</summary>
internal sealed class Nats : ForeignServer
{
    private static readonly HttpClient Http = new();
    private int _monitor;

    protected override ProcessStartInfo Prepare()
    {
        _monitor = FreePort();
        var file = Path.Combine(Folder, "nats.conf");
        File.WriteAllLines(file,
        [
            "server_name: n1", $"listen: 127.0.0.1:{FreePort()}", $"http: 127.0.0.1:{_monitor}",
            $"jetstream {{ store_dir: \"{Folder}/js\" }}", $"mqtt {{ listen: \"127.0.0.1:{Port}\" }}",
        ]);
        return Quiet("/usr/sbin/nats-server", "-c", file);
    }

    protected override async Task<bool> IsReadyAsync()
    {
        using var answer = await Http.GetAsync(new Uri($"http://127.0.0.1:{_monitor}/healthz"));
        return answer.IsSuccessStatusCode;
    }
}
