using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>Exactly one of the two.</summary>
internal sealed record ManifestLookup(ManifestFacts? Manifest, RefusalDetail? Refusal);
