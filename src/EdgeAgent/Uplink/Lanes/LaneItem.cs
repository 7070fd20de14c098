using EdgeEnforcement.EdgeAgent.Spool;

namespace EdgeEnforcement.EdgeAgent.Uplink.Lanes;

/// A record in flight: what was sent, to be compared with what comes back.
internal readonly record struct LaneItem(ulong Correlation, RecordKey Key, ReadOnlyMemory<byte> Envelope);
