namespace EdgeEnforcement.IngestService.Refusals;

/// <summary>The caller cannot have this: the code, and words that name what is wrong.</summary>
internal sealed record RefusalDetail(RefusalCode Code, string Detail);
