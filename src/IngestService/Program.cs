using EdgeEnforcement.IngestService.Cases;
using EdgeEnforcement.IngestService.Clerk;
using EdgeEnforcement.IngestService.Desk;
using EdgeEnforcement.IngestService.Diagnostics;
using EdgeEnforcement.IngestService.Door;
using EdgeEnforcement.IngestService.Door.Mqtt;
using EdgeEnforcement.IngestService.Door.Operator;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Projections;
using EdgeEnforcement.IngestService.Space;

namespace EdgeEnforcement.IngestService;

internal static class Program
{
    public static Task<int> Main(string[] args) => IngestCommandLine.InvokeAsync(args, Build);

    internal static WebApplication Build(HostArguments arguments) => Build(arguments, TimeProvider.System);

    /// <summary>Also what tests start. The order of Add is of no matter: stages decide.</summary>
    internal static WebApplication Build(HostArguments arguments, TimeProvider time)
    {
        var builder = HostingModule.CreateBuilder(arguments, time);
        builder.AddLedger();
        var data = builder.DataDirectory();
        builder.Services.AddProjections(data);
        builder.Services.AddClerk(data);
        builder.Services.AddCases();
        builder.Services.AddDesk();
        builder.Services.AddMedia();
        builder.Services.AddSpace();
        builder.Services.AddDoor();
        builder.Services.AddMqttDoor();
        builder.Services.AddActs();
        builder.Services.AddIngestDiagnostics();

        var app = builder.BuildChecked();
        app.MapLedger();
        app.MapDesk();
        app.MapDoor();
        app.MapActs();
        return app;
    }
}
