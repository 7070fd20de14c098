using System.Text.Json.Serialization;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// A file into which the recorder writes its own time as it becomes a disk.
internal sealed record ClockFileProfile(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("time_format")] string TimeFormat = "yyyyMMddHHmmss",
    [property: JsonPropertyName("time_zone")] string TimeZone = "Asia/Shanghai");
