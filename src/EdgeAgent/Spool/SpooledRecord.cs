using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// A record that is on this station's disk: its key, its envelope as spooled, and the record as signed.
internal sealed record SpooledRecord(RecordKey Key, ReadOnlyMemory<byte> Envelope, Record Record);
