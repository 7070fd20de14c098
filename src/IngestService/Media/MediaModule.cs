using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.SegmentLog;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Media;

internal static class MediaModule
{
    public static IServiceCollection AddMedia(this IServiceCollection services)
    {
        services.AddOptions<MediaOptions>()
            .Configure<IOptions<HostingOptions>>((media, hosting) => media.Directory = Path.GetFullPath(Path.Combine(hosting.Value.DataDirectory, "media")))
            .BindConfiguration(MediaOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton<IFileSystem, PhysicalFileSystem>();
        services.AddSingleton<MediaStore>();
        services.AddSingleton<IStartupStep>(s => s.GetRequiredService<MediaStore>());
        return services;
    }
}
