namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>
/// Something is due for a device that still stands as it stood then. Every kind of it waits equally long, so a plain queue is in the order of
/// what is due: finding it costs what is due, not what there is.
/// </summary>
internal readonly record struct PresenceDue(PresenceDevice Device, Standing Stood, long At);
