using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EdgeAgent.Uplink;

/// The centre answered a hello with a refusal of its vocabulary (docs/refusals.json).
internal sealed class HelloRefusedException(Refusal refusal) : Exception($"{refusal.Name}: {refusal.Detail}")
{
    public bool IsUnknownProducer => refusal.Name == "UNKNOWN_PRODUCER";

    public bool IsStaleEpoch => refusal.Name == "STALE_EPOCH";
}
