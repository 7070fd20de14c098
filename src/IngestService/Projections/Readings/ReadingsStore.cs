namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Where charts are read from. Stations, latest readings and roll-ups are in SQLite in any case.</summary>
internal enum ReadingsStore
{
    Sqlite = 1,
    Influx = 2,
}
