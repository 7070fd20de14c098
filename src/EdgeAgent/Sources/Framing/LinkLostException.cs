namespace EdgeEnforcement.EdgeAgent.Sources.Framing;

/// The device is no longer at the other end. No fault of ours; the transport makes the next link.
internal sealed class LinkLostException(string message, Exception? cause = null) : Exception(message, cause);
