using EdgeEnforcement.IngestService.Cases.Erasure;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Clerk;

internal static class ClerkModule
{
    /// <param name="services">The host's services; needs the ledger's faces and the projections' metrics.</param>
    /// <param name="dataDirectory">DATA; the file is DATA/clerk.db.</param>
    public static IServiceCollection AddClerk(this IServiceCollection services, string dataDirectory)
    {
        services.AddSingleton<ClerkMetrics>();
        services.AddSingleton(provider => new ClerkPump(
            new SqliteFile(Path.Combine(dataDirectory, "clerk.db")),
            new ClerkLedger(
                provider.GetRequiredService<ILedgerReader>(), provider.GetRequiredService<ILedgerAppender>(), provider.GetRequiredService<IRecordPlaces>()),
            provider.GetRequiredService<ClerkMetrics>(),
            provider.GetRequiredService<ILogger<ClerkPump>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IStandstill>(provider => provider.GetRequiredService<ClerkPump>());
        services.AddSingleton<IStartupStep, ClerkStep>();
        return services;
    }
}
