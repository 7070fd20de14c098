using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Door.Presence;

internal static class PresenceModule
{
    public static void AddPresence(this IServiceCollection services)
    {
        services.AddOptions<PresenceOptions>().BindConfiguration(PresenceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new PresenceBook(provider.GetRequiredService<IOptions<PresenceOptions>>().Value));
        services.AddSingleton<PresenceInbox>();
        services.AddSingleton<PresenceMetrics>();
        services.AddSingleton<PresenceParts>();
        services.AddSingleton<PresencePump>();
    }
}
