namespace EdgeEnforcement.Detection;

/// <summary>A station the rules may name. Gateway: stations behind one line; Basin (流域): alerts of high water fold together.</summary>
public sealed record StationEntry(string Mn, string Name, string Place, double? Latitude, double? Longitude, string Gateway, string Basin);
