using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Where a series lies: in the rows of its track. Roll-ups are made of everything before the bucket Rolled lies in.</summary>
internal sealed record SeriesPlace(long Station, ReadingKind Kind, long Series, long Rolled);
