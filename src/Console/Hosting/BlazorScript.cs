namespace EdgeEnforcement.OperatorConsole.Hosting;

/// <summary>The browser half of Blazor, embedded at build time (Console.csproj says why).</summary>
internal static class BlazorScript
{
    private const string Resource = "blazor.web.js";

    public static void MapBlazorScript(this WebApplication app) =>
        app.MapGet("/_framework/blazor.web.js", (HttpResponse response) =>
        {
            response.Headers.CacheControl = "no-cache";
            return Results.Stream(OpenScript(), "text/javascript");
        });

    private static Stream OpenScript() =>
        typeof(BlazorScript).Assembly.GetManifestResourceStream(Resource)
        ?? throw new InvalidOperationException($"{Resource} is not embedded: the build did not take it from the runtime pack");
}
