using EdgeEnforcement.EdgeAgent.Detection;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using EdgeEnforcement.EdgeAgent.Sources.Dock;
using EdgeEnforcement.EdgeAgent.Sources.Hj212;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// What `status` shows.
internal sealed record AgentSnapshot(
    string Producer,
    string Version,
    uint Epoch,
    string Uplink,
    IReadOnlyList<ClassSnapshot> Classes,
    ulong Unsent,
    long SpoolBytes,
    int FilesKnown,
    int FilesAtCentre,
    int ProofsMissing,
    double DiskUsedPercent,
    IReadOnlyList<BaySnapshot> Bays,
    IReadOnlyDictionary<string, string> Alarms,
    string DiskState = "Normal",
    long RecordsNotTaken = 0,
    DetectionSnapshot? Detection = null,
    IReadOnlyList<OutletSnapshot>? Outlets = null,
    ConfigurationSnapshot? Configuration = null);
