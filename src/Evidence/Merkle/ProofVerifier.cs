using System.Numerics;

namespace EdgeEnforcement.Evidence;

/// <summary>Proof checks by the letter of RFC 9162. Malformed input is answered false, never thrown.</summary>
public static class ProofVerifier
{
    /// <summary>RFC 9162 section 2.1.3.2.</summary>
    public static bool VerifyInclusion(Sha256Hash leafHash, ulong index, ulong size, ReadOnlySpan<Sha256Hash> path, Sha256Hash root)
    {
        if (index >= size)
            return false;

        ulong node = index, last = size - 1;
        var hash = leafHash;
        foreach (var sibling in path)
        {
            if (last == 0)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHashing.Node(sibling, hash);
                for (; (node & 1) == 0 && node != 0; node >>= 1)
                    last >>= 1;
            }
            else
            {
                hash = MerkleHashing.Node(hash, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }

    /// <summary>
    /// RFC 9162 section 2.1.4.2. From size 0 nothing can be proved: the answer is false, and the caller decides what an empty tree means to him.
    /// </summary>
    public static bool VerifyConsistency(ulong fromSize, Sha256Hash fromRoot, ulong toSize, Sha256Hash toRoot, ReadOnlySpan<Sha256Hash> path)
    {
        if (fromSize == 0 || fromSize > toSize)
            return false;
        if (fromSize == toSize)
            return path.IsEmpty && fromRoot == toRoot;
        if (path.IsEmpty)
            return false;

        // A power of two is a left subtree of the larger tree: its root stands where the proof would have its first hash.
        var impliedFirst = BitOperations.IsPow2(fromSize);
        var first = impliedFirst ? fromRoot : path[0];
        return Climb(fromSize, fromRoot, toSize, toRoot, first, impliedFirst ? path : path[1..]);
    }

    private static bool Climb(
        ulong fromSize, Sha256Hash fromRoot, ulong toSize, Sha256Hash toRoot, Sha256Hash first, ReadOnlySpan<Sha256Hash> rest)
    {
        ulong node = fromSize - 1, last = toSize - 1;
        for (; (node & 1) == 1; node >>= 1)
            last >>= 1;

        Sha256Hash older = first, newer = first;
        foreach (var sibling in rest)
        {
            if (last == 0)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                older = MerkleHashing.Node(sibling, older);
                newer = MerkleHashing.Node(sibling, newer);
                for (; (node & 1) == 0 && node != 0; node >>= 1)
                    last >>= 1;
            }
            else
            {
                newer = MerkleHashing.Node(newer, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && older == fromRoot && newer == toRoot;
    }
}
