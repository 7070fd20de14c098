using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Space;
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
    StationSpace Space,
    StationAlarms Alarms,
    DockedSerials Serials,
    AgentMetrics Metrics,
    TimeProvider Time,
    ILogger Log)
{
    public RecorderIdentityReader Identities { get; } = new(Names);

    public RecorderClockReader Clocks { get; } = new(Names);
}
