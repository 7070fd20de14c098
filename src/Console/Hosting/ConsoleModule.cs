using EdgeEnforcement.OperatorConsole.Components.Layout;
using EdgeEnforcement.OperatorConsole.Desk;
using EdgeEnforcement.OperatorConsole.Documents;
using EdgeEnforcement.OperatorConsole.Identity;
using EdgeEnforcement.OperatorConsole.Localization;
using EdgeEnforcement.OperatorConsole.Media;
using EdgeEnforcement.OperatorConsole.Views;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Radzen;

namespace EdgeEnforcement.OperatorConsole.Hosting;

internal static class ConsoleModule
{
    public static void AddConsole(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ConsoleOptions>().BindConfiguration(ConsoleOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConsoleOptions>, ConsoleOptionsValidator>();
        services.AddSingleton<IValidateOptions<ConsoleOptions>, LoopbackOnlyRule>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<DataFolder>();
        services.AddDataProtection().SetApplicationName("edgeenforcement-console");
        services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>()
            .Configure<DataFolder, ILoggerFactory>((keys, folder, logs) =>
                keys.XmlRepository = new Microsoft.AspNetCore.DataProtection.Repositories.FileSystemXmlRepository(folder.Keys, logs));

        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddConsoleLanguages();
        services.AddDesk();
        services.AddMediaProxy();
        services.AddViews();
        services.AddScoped<WindowKeys>();
        services.AddScoped<OperatorContext>();
        services.AddScoped<IOperatorContext>(provider => provider.GetRequiredService<OperatorContext>());
        builder.WebHost.ConfigureKestrel((context, kestrel) => kestrel.AddServerHeader = false);
        builder.WebHost.UseUrls((builder.Configuration[$"{ConsoleOptions.Section}:Listen"] ?? new ConsoleOptions().Listen).Split(';'));
    }

    public static void UseConsole(this WebApplication app)
    {
        app.Use(SecurityHeaders.AddAsync);
        app.UseRequestLocalization();
        app.UseStaticFiles();
        app.UseAntiforgery();
    }

    public static void MapConsole(this WebApplication app)
    {
        app.MapBlazorScript();
        app.MapMediaProxy();
        app.MapCaseDocuments();
        app.MapGet("/health", () => Results.Text("ok"));
        app.MapRazorComponents<Components.App>().AddInteractiveServerRenderMode();
    }
}
