using System.Net;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>What no single field can say, and the rules file: everything that is wrong comes out at once.</summary>
internal sealed class MqttDoorOptionsRule : IValidateOptions<MqttDoorOptions>
{
    public ValidateOptionsResult Validate(string? name, MqttDoorOptions options)
    {
        var faults = new List<string>();
        var isAddress = IPAddress.TryParse(options.Address, out var address);
        if (!isAddress)
            faults.Add($"Door:Mqtt:Address: \"{options.Address}\" is no IP address.");
        if (options.TlsPort is not null && !(File.Exists(options.CertificateFile) && File.Exists(options.KeyFile)))
            faults.Add("Door:Mqtt: TLS needs CertificateFile and KeyFile, and both must be there.");
        if (options.TlsPort is > 0 && options.TlsPort == options.Port)
            faults.Add($"Door:Mqtt: TCP and TLS cannot share port {options.Port}.");
        var rules = AccessRulesFile.Read(options.AccessFile, out var inFile);
        faults.AddRange(inFile);
        if (isAddress && rules.IsLoopbackOnly && !IPAddress.IsLoopback(address!))
            faults.Add($"Door:Mqtt: {options.AccessFile} is for loopback only and refuses to be used on {options.Address}.");
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
