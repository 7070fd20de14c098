using EdgeEnforcement.IngestService.Diagnostics;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger.Proofs;
using EdgeEnforcement.IngestService.Ledger.Scrub;
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
        services.AddSingleton(s => new LedgerShard(
            s.GetRequiredService<IOptions<LedgerOptions>>(), s.GetRequiredService<IOptions<HostingOptions>>(), s.GetRequiredService<LedgerMetrics>(),
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<HostFate>(), s.GetRequiredService<ILogger<LedgerShard>>())
        {
            Room = s.GetService<ILedgerRoom>(),
        });
        services.AddSingleton<IStartupStep>(s => s.GetRequiredService<LedgerShard>());

        services.AddOptions<ScrubOptions>().BindConfiguration(ScrubOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ScrubOptions>, ScrubOptionsValidator>();
        services.AddSingleton<ScrubStatus>();
        services.AddSingleton<ScrubMetrics>();
        services.AddSingleton<IHealthProbe, ScrubHealthProbe>();
        services.AddSingleton<IStartupStep, ScrubStep>();

        services.AddGrpc();
        services.AddSingleton<LedgerFace>();
        services.AddSingleton<ILedgerAppender>(s => s.GetRequiredService<LedgerFace>());
        services.AddSingleton<ILedgerReader>(s => s.GetRequiredService<LedgerFace>());
        services.AddSingleton<ILedgerProofs>(s => s.GetRequiredService<LedgerFace>());
        services.AddSingleton<IProducerMarks>(s => s.GetRequiredService<LedgerFace>());
        services.AddSingleton<IRecordPlaces>(s => s.GetRequiredService<LedgerFace>());
        services.AddSingleton<ILedgerOrigins>(s => s.GetRequiredService<LedgerFace>());
        services.AddSingleton<IFactAppender>(s => s.GetRequiredService<LedgerFace>());
        services.AddSingleton<IMessageAppender>(s => s.GetRequiredService<LedgerFace>());
    }

    public static void MapLedger(this WebApplication app)
    {
        app.MapLedgerFiles();
        app.MapGrpcService<LedgerProofsHandler>();
    }
}
