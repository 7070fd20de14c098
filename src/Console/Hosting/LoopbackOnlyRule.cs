using System.Net;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Hosting;

/// <summary>Nobody signs in yet, so the console may be reached from this machine only.</summary>
internal sealed class LoopbackOnlyRule : IValidateOptions<ConsoleOptions>
{
    public ValidateOptionsResult Validate(string? name, ConsoleOptions options)
    {
        var faults = new List<string>();
        foreach (var address in options.Listen.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
                faults.Add($"Console:Listen '{address}' is not an address");
            else if (!(uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))))
                faults.Add($"Console:Listen '{address}' is not loopback; operators do not sign in yet (docs/later.md)");
        }
        foreach (var (key, value) in new[] { ("Service", options.Service), ("ServiceHttp", options.ServiceHttp) })
        {
            if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                faults.Add($"Console:{key} '{value}' is not an http address");
        }
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
