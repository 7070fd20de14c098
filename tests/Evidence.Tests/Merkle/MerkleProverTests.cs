namespace EdgeEnforcement.Evidence.Tests;

public sealed class MerkleProverTests
{
    [Fact]
    public void Inclusion_OfEveryLeafOfEveryTreeTo70_IsTheDefinition()
    {
        for (var size = 1; size <= 70; size++)
        {
            var leaves = ReferenceTree.LeafHashes(size);
            var prover = new MerkleProver(new MemoryTiles(leaves));
            for (var i = 0; i < size; i++)
            {
                Assert.True(prover.TryProveInclusion((ulong)i, (ulong)size, out var path));
                Assert.Equal(ReferenceTree.Path(i, leaves), path);
            }
        }
    }

    [Fact]
    public void Consistency_OfEveryPairTo70_IsTheDefinition()
    {
        for (var size = 1; size <= 70; size++)
        {
            var leaves = ReferenceTree.LeafHashes(size);
            var prover = new MerkleProver(new MemoryTiles(leaves));
            for (var from = 1; from <= size; from++)
            {
                Assert.True(prover.TryProveConsistency((ulong)from, (ulong)size, out var path));
                Assert.Equal(ReferenceTree.Proof(from, leaves), path);
            }
        }
    }

    // Sizes at, before and after the edges of tiles of two levels; smaller trees are proved from the larger tree's tiles.
    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(511)]
    [InlineData(513)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(65537)]
    [InlineData(70000)]
    public void Proofs_AcrossTiles_Verify(int size)
    {
        var leaves = ReferenceTree.LeafHashes(size);
        var prover = new MerkleProver(new MemoryTiles(leaves));
        var root = ReferenceTree.Root(leaves);
        Assert.True(prover.TryRoot((ulong)size, out var proverRoot));
        Assert.Equal(root, proverRoot);

        var random = new Random(size);
        int[] indices = [0, 1, size / 2, size - 2, size - 1, random.Next(size), random.Next(size)];
        foreach (var i in indices)
        {
            Assert.True(prover.TryProveInclusion((ulong)i, (ulong)size, out var path));
            Assert.True(ProofVerifier.VerifyInclusion(leaves[i], (ulong)i, (ulong)size, path, root));
            Assert.True(prover.TryLeafHash((ulong)i, (ulong)size, out var leaf));
            Assert.Equal(leaves[i], leaf);
        }

        foreach (var from in indices.Where(i => i > 0))
        {
            var fromRoot = ReferenceTree.Root(leaves.AsSpan(0, from));
            Assert.True(prover.TryProveConsistency((ulong)from, (ulong)size, out var path));
            Assert.True(ProofVerifier.VerifyConsistency((ulong)from, fromRoot, (ulong)size, root, path));
        }
    }

    [Fact]
    public void Proofs_ForAnEarlierSize_ComeFromFullTilesWhenItsPartialOnesAreGone()
    {
        var leaves = ReferenceTree.LeafHashes(512);
        var tiles = new MemoryTiles(leaves[..300]);
        Assert.True(tiles.Remove(new TileCoordinate(0, 1, 44)));
        tiles.Add(new TileCoordinate(0, 1, 256), leaves.AsSpan(256));
        var prover = new MerkleProver(tiles);

        Assert.True(prover.TryProveInclusion(299, 300, out var path));
        Assert.True(ProofVerifier.VerifyInclusion(leaves[299], 299, 300, path, ReferenceTree.Root(leaves.AsSpan(0, 300))));
    }

    [Fact]
    public void Proofs_TileMissing_AreRefusedNotInvented()
    {
        var tiles = new MemoryTiles(ReferenceTree.LeafHashes(600));
        Assert.True(tiles.Remove(new TileCoordinate(0, 2, 88)));
        var prover = new MerkleProver(tiles);

        Assert.False(prover.TryProveInclusion(0, 600, out _));
        Assert.False(prover.TryProveConsistency(10, 600, out _));
        Assert.False(prover.TryRoot(600, out _));
        Assert.True(prover.TryRoot(512, out _));
    }

    [Fact]
    public void Consistency_FromNothingOrToItself_IsEmpty()
    {
        var prover = new MerkleProver(new MemoryTiles(ReferenceTree.LeafHashes(5)));

        Assert.True(prover.TryProveConsistency(0, 5, out var fromNothing));
        Assert.True(prover.TryProveConsistency(5, 5, out var toItself));
        Assert.Empty(fromNothing);
        Assert.Empty(toItself);
    }

    [Fact]
    public void Questions_OutOfRange_Throw()
    {
        var prover = new MerkleProver(new MemoryTiles(ReferenceTree.LeafHashes(5)));

        Assert.Throws<ArgumentOutOfRangeException>(() => prover.TryProveInclusion(5, 5, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => prover.TryProveConsistency(6, 5, out _));
    }
}
