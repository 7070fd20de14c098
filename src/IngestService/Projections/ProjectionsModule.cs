using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Projections.Erasures;
using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.IngestService.Projections.Media;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Projections.Runtime;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Projections;

internal static class ProjectionsModule
{
    /// <param name="services">The host's services.</param>
    /// <param name="dataDirectory">DATA; the files are DATA/projections/&lt;name&gt;.db.</param>
    public static IServiceCollection AddProjections(this IServiceCollection services, string dataDirectory)
    {
        services.AddMetrics();
        services.AddSingleton<ProjectionMetrics>();
        services.AddSingleton<ProducerKeys>();
        services.AddSingleton<IProducerKeys>(provider => provider.GetRequiredService<ProducerKeys>());
        services.AddSingleton<RegisterBooks>();
        services.AddSingleton(new PartyNumberKey(dataDirectory));
        services.AddSingleton<ProjectionMemory>();
        services.AddSingleton<IRegisterQueries>(provider => new RegisterReader(
            provider.GetRequiredService<ProjectionSet>().Registers.File, provider.GetRequiredService<RegisterBooks>(), provider.GetRequiredService<PartyNumberKey>()));
        services.AddSingleton(provider => new ProjectionSetting(dataDirectory, provider.GetRequiredService<IOptions<ReadingsOptions>>().Value.RawMonths));
        services.AddSingleton<ProjectionSet>();
        services.AddSingleton<IProjectionFeed>(provider => provider.GetRequiredService<ProjectionSet>());
        services.AddSingleton<IFleetQueries>(provider => new FleetReader(provider.GetRequiredService<ProjectionSet>().Fleet.File));
        services.AddSingleton<IConfigurationReports>(
            provider => new ConfigurationReportReader(provider.GetRequiredService<ProjectionSet>().Fleet.File));
        services.AddSingleton(provider => new PresenceReader(provider.GetRequiredService<ProjectionSet>().Fleet.File));
        services.AddSingleton<IPresenceQueries>(provider => provider.GetRequiredService<PresenceReader>());
        services.AddSingleton<IPresenceMemory>(provider => provider.GetRequiredService<PresenceReader>());
        services.AddSingleton<IMediaQueries>(provider => new MediaReader(provider.GetRequiredService<ProjectionSet>().Media.File));
        services.AddSingleton<IAlertQueries>(provider => new AlertReader(provider.GetRequiredService<ProjectionSet>().Alerts.File));
        services.AddSingleton<IClosingQueries>(provider => new ClosingReader(provider.GetRequiredService<ProjectionSet>().Alerts.File));
        services.AddSingleton<ICaseQueries>(
            provider => new CaseBoardReader(provider.GetRequiredService<ProjectionSet>().CaseBoard.File));
        services.AddSingleton<IErasureQueries>(
            provider => new ErasureReader(provider.GetRequiredService<ProjectionSet>().Erasures.File));
        services.AddSingleton<IProcedureQueries>(
            provider => new ProcedureReader(provider.GetRequiredService<ProjectionSet>().Procedure.File));
        services.AddSingleton<INumberQueries>(provider => new NumberReader(provider.GetRequiredService<ProjectionSet>().Procedure.File));
        services.AddSingleton<IInspectionQueries>(provider => new InspectionReader(provider.GetRequiredService<ProjectionSet>().Procedure.File));
        services.AddSingleton<IClockQueries>(provider => new ClockReader(provider.GetRequiredService<ProjectionSet>().Procedure.File));
        services.AddSingleton<IReadingQueries>(
            provider => new ReadingsReader(provider.GetRequiredService<ProjectionSet>().Readings.File));
        services.AddReadings(dataDirectory);
        services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<ProjectionSet>());
        return services;
    }
}
