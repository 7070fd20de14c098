using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>Exactly one of the subject at the version the actor saw, and why there is none.</summary>
internal readonly record struct Seen<T>(T? Subject, RefusalDetail? Refusal)
    where T : class;
