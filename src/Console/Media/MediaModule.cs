using EdgeEnforcement.OperatorConsole.Hosting;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Media;

internal static class MediaModule
{
    public static void AddMediaProxy(this IServiceCollection services)
    {
        services.AddSingleton(provider => new MediaSource(provider.GetRequiredService<IOptions<ConsoleOptions>>()));
        services.AddSingleton<MediaProxy>();
    }

    public static void MapMediaProxy(this WebApplication app) =>
        app.MapMethods("/media/{manifestIndex}", [HttpMethods.Get, HttpMethods.Head],
            (string manifestIndex, HttpContext context, MediaProxy proxy) =>
                ulong.TryParse(manifestIndex, out var index)
                    ? proxy.PassAsync(index, context)
                    : NotFoundAsync(context));

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
