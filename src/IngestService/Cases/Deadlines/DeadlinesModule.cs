using EdgeEnforcement.IngestService.Hosting;

namespace EdgeEnforcement.IngestService.Cases.Deadlines;

internal static class DeadlinesModule
{
    public static IServiceCollection AddDeadlines(this IServiceCollection services)
    {
        services.AddSingleton<DeadlineLedger>();
        services.AddSingleton<DeadlineClock>();
        services.AddSingleton<AlertClock>();
        services.AddSingleton<ClockRecomputation>();
        services.AddSingleton<DeadlinePump>();
        services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<DeadlinePump>());
        return services;
    }
}
