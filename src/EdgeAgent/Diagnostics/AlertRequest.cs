namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// A field alert as handed over on loopback. Kind and severity are the names that `alert` takes.
internal sealed record AlertRequest(
    string Title,
    string Kind,
    string Severity,
    string Description,
    string Place,
    double? Latitude,
    double? Longitude,
    string Officer,
    string Target);
