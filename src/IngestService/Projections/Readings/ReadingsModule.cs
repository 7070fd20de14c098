using EdgeEnforcement.IngestService.Diagnostics;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Influx;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>The readings' options, where charts are read from, and the way to Influx where there is one.</summary>
internal static class ReadingsModule
{
    public static void AddReadings(this IServiceCollection services, string dataDirectory)
    {
        services.AddOptions<ReadingsOptions>().BindConfiguration(ReadingsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<InfluxOptions>().BindConfiguration(InfluxOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<InfluxOptions>, InfluxOptionsRules>();
        services.AddSingleton<IValidateOptions<ReadingsOptions>, ReadingsOptionsRules>();
        services.AddSingleton(provider => new InfluxParts(provider.GetRequiredService<IOptions<InfluxOptions>>().Value, dataDirectory));
        services.AddSingleton<InfluxPump>();
        services.AddSingleton(provider => new Lazy<InfluxPump>(provider.GetRequiredService<InfluxPump>));
        services.AddSingleton<IStartupStep, InfluxStep>();
        services.AddSingleton<IHealthProbe, InfluxHealthProbe>();
        services.AddSingleton<ISeriesQueries>(provider => provider.GetRequiredService<IOptions<ReadingsOptions>>().Value.Store == ReadingsStore.Influx
            ? new InfluxSeriesReader(provider.GetRequiredService<InfluxParts>().Client)
            : new SeriesReader(provider.GetRequiredService<ProjectionSet>().Readings.File));
    }
}
