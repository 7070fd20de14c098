namespace EdgeEnforcement.EdgeAgent.Uplink;

/// The centre, or the way there, failed or said "later": the retrying loop tries again after its back-off.
internal sealed class TransientFaultException(string message) : Exception(message);
