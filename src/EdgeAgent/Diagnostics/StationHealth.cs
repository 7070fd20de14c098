using EdgeEnforcement.EdgeAgent.Space;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// Alarms, link and disk together: what tells whether the station is well.
internal sealed record StationHealth(StationAlarms Alarms, UplinkState Uplink, StationSpace Space);
