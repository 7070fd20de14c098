namespace EdgeEnforcement.Detection;

/// <summary>Planned maintenance (计划检修), From inclusive, To exclusive: what rules find there is a device-state event.</summary>
public sealed record MaintenanceWindow(IReadOnlyList<string> Stations, DateTimeOffset From, DateTimeOffset To, string Reason, string ApprovedBy);
