using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Read side of the readings: stations and what they did.</summary>
internal interface IReadingQueries
{
    /// <summary>In the order they were first met, above <paramref name="after"/>; without open alerts, which are the alerts'.</summary>
    IReadOnlyList<(ulong Position, StationRow Row)> List(ulong after, int count, string search);

    /// <summary>Happenings and rule sets with it; null for a device that never sent anything.</summary>
    StationDetail? Find(string device);

    /// <summary>The entry of the rule set that came into force last at the producer of a device; null: none did, or the device never sent anything.</summary>
    ulong? RuleSetInForce(string device);
}
