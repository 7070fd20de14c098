using System.Net;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212;

/// Rules that concern more than one field, and the shape of addresses.
internal sealed class Hj212OptionsRules : IValidateOptions<Hj212Options>
{
    public ValidateOptionsResult Validate(string? name, Hj212Options options)
    {
        var failures = new List<string>();
        foreach (var twice in options.Stations.GroupBy(s => s.Mn, StringComparer.Ordinal).Where(g => g.Count() > 1))
            failures.Add($"Hj212:Stations has the MN '{twice.Key}' more than once.");
        foreach (var bad in options.Listen.Where(a => !IPEndPoint.TryParse(a, out _)))
            failures.Add($"Hj212:Listen '{bad}' is no address and port.");
        foreach (var bad in options.Connect.Where(a => !TrySplit(a, out _, out _)))
            failures.Add($"Hj212:Connect '{bad}' is no host and port.");
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    public static bool TrySplit(string address, out string host, out int port)
    {
        var colon = address.LastIndexOf(':');
        host = colon > 0 ? address[..colon] : "";
        port = 0;
        return colon > 0 && int.TryParse(address.AsSpan(colon + 1), out port) && port is > 0 and < 65_536;
    }
}
