using System.Globalization;
using EdgeEnforcement.IngestService.Diagnostics;
using EdgeEnforcement.SegmentLog.Space;

namespace EdgeEnforcement.IngestService.Space;

/// <summary>A full disk is a designed state: the service stays ready and says that it is degraded.</summary>
internal sealed class SpaceHealthProbe(ServiceSpace space) : IHealthProbe
{
    public string Name => "space";

    public HealthFinding Check()
    {
        var numbers = new Dictionary<string, object>();
        Put(numbers, "data", space.Data);
        if (space.Media != space.Data)
            Put(numbers, "media", space.Media);
        var degraded = space.Data.State != SpaceState.Normal || space.Media.State != SpaceState.Normal;
        return new HealthFinding(true, numbers) { IsDegraded = degraded };
    }

    private static void Put(Dictionary<string, object> numbers, string volume, SpaceGauge gauge)
    {
        var reading = gauge.Reading;
        numbers[volume + "State"] = gauge.State.ToString();
        numbers[volume + "UsedPercent"] = Math.Round(reading.Percent, 1);
        numbers[volume + "UsedBytes"] = reading.UsedBytes.ToString(CultureInfo.InvariantCulture);
        numbers[volume + "LimitBytes"] = reading.LimitBytes.ToString(CultureInfo.InvariantCulture);
    }
}
