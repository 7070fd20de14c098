using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Backup;

/// <summary>One file of a back-up, by its path below the target (and below the data directory).</summary>
internal sealed record BackupFile(string Path, long Bytes, Sha256Hash Sha256);
