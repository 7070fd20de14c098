using System.Text.Json;

namespace EdgeEnforcement.Evidence.Tests;

/// <summary>RFC 9162 sections 2.1.3.2 and 2.1.4.2: everything true is accepted, everything near it is refused.</summary>
public sealed class ProofVerifierTests
{
    private const int MaxSize = 70;

    [Fact]
    public void Inclusion_EveryProofTo70Leaves_VerifiesAndNoMutationDoes()
    {
        for (var size = 1; size <= MaxSize; size++)
        {
            var leaves = ReferenceTree.LeafHashes(size);
            var root = ReferenceTree.Root(leaves);
            for (var i = 0; i < size; i++)
            {
                Sha256Hash[] path = [.. ReferenceTree.Path(i, leaves)];
                var (index, count) = ((ulong)i, (ulong)size);
                Assert.True(ProofVerifier.VerifyInclusion(leaves[i], index, count, path, root));

                Assert.False(ProofVerifier.VerifyInclusion(leaves[i], index, count, path, MerkleHashing.EmptyRoot));
                Assert.False(ProofVerifier.VerifyInclusion(leaves[i], index, count, path, FlipBit(root, i)));
                Assert.False(ProofVerifier.VerifyInclusion(FlipBit(leaves[i], size), index, count, path, root));
                Assert.False(ProofVerifier.VerifyInclusion(leaves[i], index + 1, count, path, root));
                Assert.False(ProofVerifier.VerifyInclusion(leaves[i], index - 1, count, path, root)); // Wraps at 0: beyond any size.
                Assert.False(ProofVerifier.VerifyInclusion(leaves[i], index ^ 2, count, path, root));
                Assert.False(ProofVerifier.VerifyInclusion(leaves[i], index, count * 2, path, root));
                Assert.False(ProofVerifier.VerifyInclusion(leaves[i], index, count / 2, path, root));
                Assert.False(ProofVerifier.VerifyInclusion(leaves[i], index, 0, path, root));
                foreach (var mutated in Mutations(path, root))
                    Assert.False(ProofVerifier.VerifyInclusion(leaves[i], index, count, mutated, root));
            }
        }
    }

    [Fact]
    public void Consistency_EveryPairTo70Leaves_VerifiesAndNoMutationDoes()
    {
        var all = ReferenceTree.LeafHashes(MaxSize);
        var roots = Enumerable.Range(0, MaxSize + 1).Select(n => ReferenceTree.Root(all.AsSpan(0, n))).ToArray();
        for (var size = 1; size <= MaxSize; size++)
        {
            for (var from = 1; from <= size; from++)
            {
                Sha256Hash[] path = [.. ReferenceTree.Proof(from, all.AsSpan(0, size))];
                var (a, b, rootA, rootB) = ((ulong)from, (ulong)size, roots[from], roots[size]);
                Assert.True(ProofVerifier.VerifyConsistency(a, rootA, b, rootB, path));

                Assert.False(ProofVerifier.VerifyConsistency(a, FlipBit(rootA, from), b, rootB, path));
                Assert.False(ProofVerifier.VerifyConsistency(a, rootA, b, FlipBit(rootB, size), path));
                Assert.False(ProofVerifier.VerifyConsistency(a, MerkleHashing.EmptyRoot, b, rootB, path));
                Assert.False(ProofVerifier.VerifyConsistency(0, MerkleHashing.EmptyRoot, b, rootB, path));
                foreach (var mutated in Mutations(path, rootA).Concat(Mutations(path, rootB)))
                    Assert.False(ProofVerifier.VerifyConsistency(a, rootA, b, rootB, mutated));
                if (from == size)
                    continue;
                Assert.False(ProofVerifier.VerifyConsistency(a, rootB, b, rootA, path));
                Assert.False(ProofVerifier.VerifyConsistency(b, rootB, a, rootA, path));
                Assert.False(ProofVerifier.VerifyConsistency(a + 1, rootA, b, rootB, path));
                Assert.False(ProofVerifier.VerifyConsistency(a - 1, rootA, b, rootB, path));
                Assert.False(ProofVerifier.VerifyConsistency(a, rootA, b * 2, rootB, path));
                Assert.False(ProofVerifier.VerifyConsistency(a, rootA, b / 2, rootB, path));
            }
        }
    }

    [Fact]
    public void PublicInclusionVectors_AreJudgedAsPublished()
    {
        var vectors = Vectors("inclusion.json").ToList();
        Assert.Equal(12, vectors.Count);
        foreach (var v in vectors)
        {
            var good = TryHash(v.GetProperty("root"), out var root) & TryHash(v.GetProperty("leafHash"), out var leaf)
                & TryPath(v, out var path)
                && ProofVerifier.VerifyInclusion(leaf, v.GetProperty("leafIdx").GetUInt64(), v.GetProperty("treeSize").GetUInt64(), path, root);

            Assert.True(good != v.GetProperty("wantErr").GetBoolean(), v.GetProperty("source").GetString());
        }
    }

    [Fact]
    public void PublicConsistencyVectors_AreJudgedAsPublished()
    {
        var vectors = Vectors("consistency.json").ToList();
        Assert.Equal(14, vectors.Count);
        foreach (var v in vectors)
        {
            var good = TryHash(v.GetProperty("root1"), out var root1) & TryHash(v.GetProperty("root2"), out var root2)
                & TryPath(v, out var path)
                && ProofVerifier.VerifyConsistency(v.GetProperty("size1").GetUInt64(), root1, v.GetProperty("size2").GetUInt64(), root2, path);

            Assert.True(good != v.GetProperty("wantErr").GetBoolean(), v.GetProperty("source").GetString());
        }
    }

    [Fact]
    public void ProofPath_RefusesHashesOfAnotherLengthAndEndlessPaths()
    {
        Google.Protobuf.ByteString hash = Google.Protobuf.ByteString.CopyFrom(new byte[32]);

        Assert.True(ProofPath.TryParse([hash, hash], out var path));
        Assert.Equal(2, path.Length);
        Assert.Equal([hash, hash], ProofPath.ToWire(path));
        Assert.False(ProofPath.TryParse([hash, Google.Protobuf.ByteString.CopyFrom(new byte[31])], out _));
        Assert.False(ProofPath.TryParse([.. Enumerable.Repeat(hash, ProofPath.MaxHashes + 1)], out _));
    }

    private static IEnumerable<Sha256Hash[]> Mutations(Sha256Hash[] path, Sha256Hash root)
    {
        yield return [.. path, default];
        yield return [default, .. path];
        yield return [.. path, root];
        yield return [root, .. path];
        if (path.Length == 0)
            yield break;
        yield return path[1..];
        yield return path[..^1];
        yield return [];
        for (var i = 0; i < path.Length; i++)
        {
            Sha256Hash[] flipped = [.. path];
            flipped[i] = FlipBit(flipped[i], i * 37);
            yield return flipped;
            yield return [.. path[..i], .. path[(i + 1)..]];
        }

        if (path.Length > 1)
            yield return [path[1], path[0], .. path[2..]];
    }

    private static Sha256Hash FlipBit(Sha256Hash hash, int bit)
    {
        var bytes = hash.ToArray();
        bytes[bit / 8 % 32] ^= (byte)(1 << (bit % 8));
        return Sha256Hash.FromBytes(bytes);
    }

    private static JsonElement.ArrayEnumerator Vectors(string file) =>
        JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "Evidence.Tests", "vectors", file))).RootElement.EnumerateArray();

    private static bool TryHash(JsonElement base64, out Sha256Hash hash) => Sha256Hash.TryFromBytes(base64.GetBytesFromBase64(), out hash);

    private static bool TryPath(JsonElement vector, out Sha256Hash[] path) =>
        ProofPath.TryParse(
            [.. vector.GetProperty("proof").EnumerateArray().Select(e => Google.Protobuf.ByteString.CopyFrom(e.GetBytesFromBase64()))], out path);
}
