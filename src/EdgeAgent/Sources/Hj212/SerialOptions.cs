using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212;

internal sealed class SerialOptions
{
    [Required]
    public string Port { get; set; } = "";

    [Range(300, 921_600)]
    public int BaudRate { get; set; } = 9600;
}
