using EdgeEnforcement.IngestService.Door.Admission;
using EdgeEnforcement.IngestService.Door.Streams;
using EdgeEnforcement.IngestService.Ledger;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>What all device sessions share.</summary>
internal sealed record DeviceIntakeParts(
    IMessageAppender Messages, RecordIntake Records, ProducerRegister Register, HelloHandler Hellos, IProducerMarks Marks, ILedgerProofs Proofs,
    QuarantineQuota Quota, IPeerIdentity Peers, DownWriter Down, DoorMetrics Metrics, TimeProvider Time, ILogger<DeviceIntake> Log);
