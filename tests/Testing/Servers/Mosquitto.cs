using System.Diagnostics;

namespace EdgeEnforcement.Testing.Servers;

/// <summary>Debian: mosquitto. 3.1.1 and 5.0, all qualities; announces a Receive Maximum of 20 and ten topic aliases.</summary>
public class Mosquitto : ForeignServer
{
    protected virtual IEnumerable<string> Listener => [];

    protected override ProcessStartInfo Prepare()
    {
        var file = Path.Combine(Folder, "mosquitto.conf");
        File.WriteAllLines(file,
        [
            $"listener {Port} 127.0.0.1", "persistence false", "max_queued_messages 0", "user root", .. Listener.DefaultIfEmpty("allow_anonymous true"),
        ]);
        return Quiet("/usr/sbin/mosquitto", "-c", file);
    }
}
