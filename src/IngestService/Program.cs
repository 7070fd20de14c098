using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;

namespace EdgeEnforcement.IngestService;

internal static class Program
{
    public static Task<int> Main(string[] args) => IngestCommandLine.InvokeAsync(args, Build);

    /// <summary>Also what tests start. The order of Add is of no matter: stages decide.</summary>
    internal static WebApplication Build(HostArguments arguments)
    {
        var builder = HostingModule.CreateBuilder(arguments);
        builder.AddLedger();

        var app = builder.BuildChecked();
        app.MapLedger();
        return app;
    }
}
