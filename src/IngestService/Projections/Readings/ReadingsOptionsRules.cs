using EdgeEnforcement.IngestService.Storage.Influx;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>What no single field can say.</summary>
internal sealed class ReadingsOptionsRules(IOptions<InfluxOptions> influx) : IValidateOptions<ReadingsOptions>
{
    public ValidateOptionsResult Validate(string? name, ReadingsOptions options) => options.Store switch
    {
        ReadingsStore.Sqlite => ValidateOptionsResult.Success,
        ReadingsStore.Influx when influx.Value.Url.Length > 0 => ValidateOptionsResult.Success,
        ReadingsStore.Influx => ValidateOptionsResult.Fail("Readings:Store Influx needs Readings:Influx:Url."),
        _ => ValidateOptionsResult.Fail("Readings:Store must be Sqlite or Influx."),
    };
}
