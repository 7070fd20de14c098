using System.Text.Json.Serialization;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// One vendor's file names: a regular expression with the named groups serial, officer, time, sequence, important (all optional).
internal sealed record NameProfile(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("pattern")] string Pattern,
    [property: JsonPropertyName("time_format")] string TimeFormat = "yyyyMMddHHmmss",
    [property: JsonPropertyName("time_zone")] string TimeZone = "Asia/Shanghai");
