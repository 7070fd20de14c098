using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Media;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Media.Hashing;
using EdgeEnforcement.EdgeAgent.Space;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// Puts the dock's tools together out of the station's parts.
internal sealed class DockToolsFactory(IServiceProvider parts)
{
    public FootageIntake Intake()
    {
        var options = parts.GetRequiredService<IOptions<DockOptions>>().Value;
        var store = parts.GetRequiredService<StationStore>();
        var hashing = options.Sm3 ? MediaHashOptions.Default with { ExtraAlgorithms = [DigestAlgorithms.Sm3] } : MediaHashOptions.Default;
        return new FootageIntake(
            new StationCopier(store),
            new MediaFactsReader(TimeZoneInfo.FindSystemTimeZoneById(options.RecorderTimeZone)),
            parts.GetRequiredService<CustodyRecorder>(),
            parts.GetRequiredService<MediaCatalog>(),
            parts.GetRequiredService<SeenFiles>(),
            new IntakeSettings(
                parts.GetRequiredService<IOptions<AgentOptions>>().Value.Producer,
                parts.GetRequiredService<RecordingNameParser>(),
                hashing,
                store,
                parts.GetRequiredService<TimeProvider>()));
    }

    public DockTools Tools() => new(
        parts.GetRequiredService<IOptions<DockOptions>>().Value,
        parts.GetRequiredService<RecordingNameParser>(),
        parts.GetRequiredService<FootageIntake>(),
        parts.GetRequiredService<CustodyRecorder>(),
        parts.GetRequiredService<ReceiptStore>(),
        parts.GetRequiredService<StationSpace>(),
        parts.GetRequiredService<StationAlarms>(),
        parts.GetRequiredService<DockedSerials>(),
        parts.GetRequiredService<AgentMetrics>(),
        parts.GetRequiredService<TimeProvider>(),
        parts.GetRequiredService<ILogger<DockPump>>());
}
