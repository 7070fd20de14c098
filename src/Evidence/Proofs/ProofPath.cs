using Google.Protobuf;

namespace EdgeEnforcement.Evidence;

/// <summary>Proof paths on the wire: a list of 32-byte values.</summary>
public static class ProofPath
{
    /// <summary>A tree of 2^64 leaves is 64 levels high; a consistency proof has one hash more.</summary>
    public const int MaxHashes = 65;

    public static bool TryParse(IReadOnlyCollection<ByteString> wire, out Sha256Hash[] path)
    {
        path = [];
        if (wire.Count > MaxHashes)
            return false;
        var hashes = new Sha256Hash[wire.Count];
        var i = 0;
        foreach (var bytes in wire)
        {
            if (!Sha256Hash.TryFromBytes(bytes.Span, out hashes[i++]))
                return false;
        }

        path = hashes;
        return true;
    }

    public static IEnumerable<ByteString> ToWire(IEnumerable<Sha256Hash> path) => path.Select(hash => ByteString.CopyFrom(hash.ToArray()));
}
