using EdgeEnforcement.IngestService.Projections.Readings;

namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <param name="DataDirectory">The files are DATA/projections/NAME.db.</param>
/// <param name="RawReadingMonths">Whole civil months of readings kept beside the one that runs.</param>
internal sealed record ProjectionSetting(string DataDirectory, int RawReadingMonths = ReadingLimits.DefaultRawMonths);
