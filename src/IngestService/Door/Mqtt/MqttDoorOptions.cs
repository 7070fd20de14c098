using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

internal sealed class MqttDoorOptions
{
    public const string Section = "Door:Mqtt";

    /// <summary>0 lets the system choose. One above the HTTP door.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 7503;

    /// <summary>MQTT over TLS; null: not offered. Needs a certificate.</summary>
    [Range(0, 65535)]
    public int? TlsPort { get; set; }

    /// <summary>Loopback until devices have certificates of their own.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>PEM files of the server's certificate (with its chain) and key.</summary>
    public string CertificateFile { get; set; } = "";

    public string KeyFile { get; set; } = "";

    /// <summary>Who may connect and which topics are his (docs/operations/mqtt.md). Empty: nobody.</summary>
    public string AccessFile { get; set; } = "";
}
