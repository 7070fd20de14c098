using System.Security.Cryptography;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// A log's own name, mixed into its checksums so that a batch of another log is never taken for one of this. Random by purpose.
internal static class LogIds
{
    public static Guid Create() => new(RandomNumberGenerator.GetBytes(16));
}
