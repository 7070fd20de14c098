using EdgeEnforcement.IngestService.Diagnostics;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Storage.Influx;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>How far Influx is behind. Never a reason not to be ready: what it lacks waits in the ledger.</summary>
internal sealed class InfluxHealthProbe(Lazy<InfluxPump> lazy, IOptions<InfluxOptions> options, ILedgerReader ledger) : IHealthProbe
{
    public string Name => "influx";

    public HealthFinding Check()
    {
        if (options.Value.Url.Length == 0)
            return new HealthFinding(true, new Dictionary<string, object> { ["configured"] = false });
        InfluxPump pump = lazy.Value;
        return new HealthFinding(true, new Dictionary<string, object>
        {
            ["configured"] = true, ["position"] = pump.Cursor.Position, ["behind"] = Math.Max(0, (long)ledger.DurableSize - (long)pump.Cursor.Position),
            ["sent"] = pump.Delivery.Sent, ["refused"] = pump.Delivery.Refused, ["odd"] = pump.Odd, ["trouble"] = pump.Delivery.Trouble ?? "",
        })
        { IsDegraded = pump.Delivery.Trouble is not null };
    }
}
