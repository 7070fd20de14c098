using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.EdgeAgent.Media.Catalog;

/// A file as it stood on a recorder when it was copied.
internal readonly record struct SeenFile(long SizeBytes, long ModifiedTicks, Sha256Hash Content);
