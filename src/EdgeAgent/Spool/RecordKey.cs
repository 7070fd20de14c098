using System.Globalization;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// A record's identity without its producer, who is always this agent.
internal readonly record struct RecordKey(uint Epoch, RecordClass Class, ulong Sequence)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"e{Epoch}-{Class}-{Sequence}");
}
