using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.EdgeAgent.Media.Hashing;

/// A verified copy in the station store, or why there is none.
internal sealed record CopyResult(CopyFault Fault, string Detail, MediaDigest? Digest)
{
    public static CopyResult Failed(CopyFault fault, string detail) => new(fault, detail, null);
}
