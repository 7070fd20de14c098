using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.EdgeAgent.Uplink.Mqtt;

internal sealed class MqttUplinkOptions
{
    public const string Section = "Uplink:Mqtt";

    [Required]
    public string Host { get; set; } = "127.0.0.1";

    /// The centre's MQTT door.
    [Range(1, 65535)]
    public int Port { get; set; } = 7503;

    public bool Tls { get; set; }

    /// PEM with the authorities the centre's certificate may come from; empty: those of the system.
    public string TrustFile { get; set; } = "";

    /// PEM of this station's certificate and of its key; empty: none is shown.
    public string CertificateFile { get; set; } = "";

    public string KeyFile { get; set; } = "";

    /// A half-open link is noticed after one and a quarter of it.
    [Range(typeof(TimeSpan), "00:00:01", "18:12:15")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(30);
}
