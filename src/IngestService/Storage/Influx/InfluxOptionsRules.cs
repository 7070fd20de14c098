using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Storage.Influx;

/// <summary>What no single field can say.</summary>
internal sealed class InfluxOptionsRules : IValidateOptions<InfluxOptions>
{
    public ValidateOptionsResult Validate(string? name, InfluxOptions options)
    {
        if (options.Url.Length == 0)
            return ValidateOptionsResult.Success;
        List<string> failures = [];
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
            failures.Add("Readings:Influx:Url must be http or https, without a user or password in it.");
        if (options.Version == InfluxVersion.V2 && options.Organization.Length == 0)
            failures.Add("Readings:Influx:Organization is needed for version V2.");
        if (options.Version != InfluxVersion.V1 && options.TokenFile.Length == 0)
            failures.Add("Readings:Influx:TokenFile is needed for versions V2 and V3.");
        if (options.TokenFile.Length > 0 && !File.Exists(options.TokenFile))
            failures.Add($"Readings:Influx:TokenFile: there is no file {options.TokenFile}.");
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
