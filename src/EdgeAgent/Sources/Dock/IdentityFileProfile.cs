using System.Text.Json.Serialization;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// A file on the recorder's disk that says who it is. Format "json" (one flat object) or "key-value" (lines of key=value or key:value).
internal sealed record IdentityFileProfile(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("format")] string Format,
    [property: JsonPropertyName("serial")] string SerialKey,
    [property: JsonPropertyName("officer")] string OfficerKey,
    [property: JsonPropertyName("case_number")] string CaseNumberKey);
