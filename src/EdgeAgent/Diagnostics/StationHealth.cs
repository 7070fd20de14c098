using EdgeEnforcement.EdgeAgent.Detection;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using EdgeEnforcement.EdgeAgent.Sources.Hj212;
using EdgeEnforcement.EdgeAgent.Space;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// Alarms, link, disk, detection, outlets and configuration together: what tells whether the station is well.
internal sealed record StationHealth(
    StationAlarms Alarms, UplinkState Uplink, StationSpace Space, DetectionStatus Detection, OutletStatus Outlets,
    ConfigurationStore Configuration);
