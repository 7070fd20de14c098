using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Media;
using EdgeEnforcement.EdgeAgent.Spool;
using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// What every bay of the station works with.
internal sealed record DockTools(
    DockOptions Options,
    RecordingNameParser Names,
    FootageIntake Intake,
    CustodyRecorder Custody,
    ReceiptStore Receipts,
    StationDisk Disk,
    StationAlarms Alarms,
    DockedSerials Serials,
    AgentMetrics Metrics,
    TimeProvider Time,
    ILogger Log)
{
    public RecorderIdentityReader Identities { get; } = new(Names);

    public RecorderClockReader Clocks { get; } = new(Names);
}
