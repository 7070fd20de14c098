using EdgeEnforcement.EdgeAgent.Spool;

namespace EdgeEnforcement.EdgeAgent.Uplink.Lanes;

/// The part of one class log that belongs to a lane, how far it has been read, and what of it waits to be sent again.
internal sealed class LaneRange(ClassSpool log, ulong first, ulong last)
{
    public ClassSpool Log { get; } = log;

    /// Inclusive; the live lane's has no end.
    public ulong Last { get; } = last;

    public ulong Next { get; set; } = first;

    public Queue<(RecordKey Key, ReadOnlyMemory<byte> Envelope)> Ahead { get; } = new();

    /// Made with the first record that was told to come later.
    public Postponed? Postponed { get; set; }
}
