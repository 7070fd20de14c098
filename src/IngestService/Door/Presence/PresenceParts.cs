namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>What every loop needs.</summary>
internal sealed record PresenceParts(PresenceMetrics Metrics, TimeProvider Time, ILogger<PresencePump> Log);
