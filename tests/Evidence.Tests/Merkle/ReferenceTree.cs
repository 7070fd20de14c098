namespace EdgeEnforcement.Evidence.Tests;

/// <summary>The reference tree of Certificate Transparency, and the tree's definition (RFC 6962 section 2.1) spelled out naively.</summary>
internal static class ReferenceTree
{
    internal static readonly string[] CtLeaves =
    [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ];

    internal static readonly string[] CtRoots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    internal static Sha256Hash LeafHash(int i) => MerkleHashing.Leaf(System.Text.Encoding.ASCII.GetBytes($"leaf {i}"));

    internal static Sha256Hash[] LeafHashes(int count) => [.. Enumerable.Range(0, count).Select(LeafHash)];

    internal static Sha256Hash Root(ReadOnlySpan<Sha256Hash> leaves)
    {
        if (leaves.IsEmpty)
            return MerkleHashing.EmptyRoot;
        if (leaves.Length == 1)
            return leaves[0];
        var k = Split(leaves.Length);
        return MerkleHashing.Node(Root(leaves[..k]), Root(leaves[k..]));
    }

    /// <summary>PATH(m, D[n]) of RFC 6962 section 2.1.1.</summary>
    internal static List<Sha256Hash> Path(int m, ReadOnlySpan<Sha256Hash> leaves)
    {
        if (leaves.Length == 1)
            return [];
        var k = Split(leaves.Length);
        return m < k
            ? [.. Path(m, leaves[..k]), Root(leaves[k..])]
            : [.. Path(m - k, leaves[k..]), Root(leaves[..k])];
    }

    /// <summary>PROOF(m, D[n]) of RFC 6962 section 2.1.2.</summary>
    internal static List<Sha256Hash> Proof(int m, ReadOnlySpan<Sha256Hash> leaves) => SubProof(m, leaves, known: true);

    private static List<Sha256Hash> SubProof(int m, ReadOnlySpan<Sha256Hash> leaves, bool known)
    {
        if (m == leaves.Length)
            return known ? [] : [Root(leaves)];
        var k = Split(leaves.Length);
        return m <= k
            ? [.. SubProof(m, leaves[..k], known), Root(leaves[k..])]
            : [.. SubProof(m - k, leaves[k..], known: false), Root(leaves[..k])];
    }

    private static int Split(int n)
    {
        var k = 1;
        while (k * 2 < n)
            k *= 2;
        return k;
    }
}
