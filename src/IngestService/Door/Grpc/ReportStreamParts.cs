using EdgeEnforcement.IngestService.Door.Admission;

namespace EdgeEnforcement.IngestService.Door.Streams;

/// <summary>What all report streams share.</summary>
internal sealed record ReportStreamParts(RecordIntake Intake, DoorMetrics Metrics, TimeProvider Time, ILogger<ReportStream> Log);
