using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger.Proofs;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Ledger;

internal static class LedgerModule
{
    public static void AddLedger(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<LedgerOptions>().BindConfiguration(LedgerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LedgerOptions>, LedgerOptionsValidator>();
        services.AddSingleton<LedgerMetrics>();
        services.AddSingleton<LedgerShard>();
        services.AddSingleton<IStartupStep>(s => s.GetRequiredService<LedgerShard>());

        services.AddGrpc();
        services.AddSingleton<LedgerFace>();
        services.AddSingleton<ILedgerAppender>(s => s.GetRequiredService<LedgerFace>());
        services.AddSingleton<ILedgerReader>(s => s.GetRequiredService<LedgerFace>());
        services.AddSingleton<ILedgerProofs>(s => s.GetRequiredService<LedgerFace>());
        services.AddSingleton<IProducerMarks>(s => s.GetRequiredService<LedgerFace>());
        services.AddSingleton<IFactAppender>(s => s.GetRequiredService<LedgerFace>());
    }

    public static void MapLedger(this WebApplication app)
    {
        app.MapLedgerFiles();
        app.MapGrpcService<LedgerProofsHandler>();
    }
}
