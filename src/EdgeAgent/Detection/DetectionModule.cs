using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Detection;

internal static class DetectionModule
{
    public static IServiceCollection AddDetection(this IServiceCollection services)
    {
        services.AddOptions<DetectionOptions>().BindConfiguration(DetectionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DetectionOptions>, DetectionOptionsValidator>();
        services.AddSingleton(s => new ReadMarks { IsHeld = s.GetRequiredService<IOptions<DetectionOptions>>().Value.RuleFile.Length > 0 });
        services.AddSingleton<DetectionFiles>();
        services.AddSingleton<RuleFileReader>();
        services.AddSingleton<DetectionStatus>();
        services.AddSingleton<DetectionState>();
        services.AddSingleton<DetectionPump.Context>();
        services.AddSingleton<DetectionPump>();
        services.AddSingleton<IAgentLoop>(s => s.GetRequiredService<DetectionPump>());
        return services;
    }
}
