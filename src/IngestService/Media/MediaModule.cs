using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.SegmentLog;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EdgeEnforcement.IngestService.Media;

internal static class MediaModule
{
    public static IServiceCollection AddMedia(this IServiceCollection services)
    {
        services.AddOptions<MediaOptions>().BindConfiguration(MediaOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<IFileSystem, PhysicalFileSystem>();
        services.AddSingleton<MediaStore>();
        services.AddSingleton<IStartupStep>(s => s.GetRequiredService<MediaStore>());
        return services;
    }
}
