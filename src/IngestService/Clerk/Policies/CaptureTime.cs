using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>When a recording was made, on the agent's clock.</summary>
internal static class CaptureTime
{
    /// <summary>Null when no start could be read. Without an end the duration gives it; a photo is an instant.</summary>
    public static TimeSpanMicros? Of(MediaManifest manifest)
    {
        if (manifest.Capture is not { } capture || capture.StartSource == "none"
            || SqliteColumns.ToMicros(capture.Start) is not { } start)
            return null;
        long end = SqliteColumns.ToMicros(capture.End) ?? start + (SqliteColumns.ToMicros(manifest.Duration) ?? 0);
        long offset = SqliteColumns.ToMicros(capture.ClockOffset) ?? 0; // recorder minus agent
        return new TimeSpanMicros(start - offset, Math.Max(start, end) - offset);
    }
}
