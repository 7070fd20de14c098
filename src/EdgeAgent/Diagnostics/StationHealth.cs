using EdgeEnforcement.EdgeAgent.Detection;
using EdgeEnforcement.EdgeAgent.Space;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// Alarms, link, disk and detection together: what tells whether the station is well.
internal sealed record StationHealth(StationAlarms Alarms, UplinkState Uplink, StationSpace Space, DetectionStatus Detection);
