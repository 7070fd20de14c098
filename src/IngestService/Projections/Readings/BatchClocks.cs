namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>The clocks of one batch in milliseconds: when the device says it sent, device minus agent clock, when the agent closed it, when it came here.</summary>
internal readonly record struct BatchClocks(long? Sent, long? Offset, long? Agent, long Ingest);
