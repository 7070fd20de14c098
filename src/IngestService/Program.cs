using EdgeEnforcement.IngestService.Desk;
using EdgeEnforcement.IngestService.Diagnostics;
using EdgeEnforcement.IngestService.Door;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Projections;

namespace EdgeEnforcement.IngestService;

internal static class Program
{
    public static Task<int> Main(string[] args) => IngestCommandLine.InvokeAsync(args, Build);

    /// <summary>Also what tests start. The order of Add is of no matter: stages decide.</summary>
    internal static WebApplication Build(HostArguments arguments)
    {
        var builder = HostingModule.CreateBuilder(arguments);
        builder.AddLedger();
        builder.Services.AddProjections(builder.Configuration[$"{HostingOptions.Section}:{nameof(HostingOptions.DataDirectory)}"] ?? "");
        builder.Services.AddDesk();
        builder.Services.AddMedia();
        builder.Services.AddDoor();
        builder.Services.AddIngestDiagnostics();

        var app = builder.BuildChecked();
        app.MapLedger();
        app.MapDesk();
        app.MapDoor();
        return app;
    }
}
