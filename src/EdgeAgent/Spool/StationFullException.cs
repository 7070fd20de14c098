namespace EdgeEnforcement.EdgeAgent.Spool;

/// The record was not taken, because there is no room for it. Nothing of it is on the disk: its source keeps it, does not answer its
/// device, and comes again.
internal sealed class StationFullException(string message, Exception? cause = null) : IOException(message, cause);
