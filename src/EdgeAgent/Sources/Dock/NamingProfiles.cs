using System.Text.Json.Serialization;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// What is known of recorders' habits, as data: file names, identity files, the clock file. The shape of samples/profiles/naming.json,
/// which is also the embedded default. GA/T 947 leaves these to vendors, so none of it is a constant of ours.
internal sealed record NamingProfiles(
    [property: JsonPropertyName("default_serials")] IReadOnlyList<string> DefaultSerials,
    [property: JsonPropertyName("identity_files")] IReadOnlyList<IdentityFileProfile> IdentityFiles,
    [property: JsonPropertyName("clock_file")] ClockFileProfile? ClockFile,
    [property: JsonPropertyName("profiles")] IReadOnlyList<NameProfile> Profiles);
