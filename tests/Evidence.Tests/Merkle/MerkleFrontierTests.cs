namespace EdgeEnforcement.Evidence.Tests;

public sealed class MerkleFrontierTests
{
    [Fact]
    public void EmptyRoot_IsSha256OfNothing() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", new MerkleFrontier().Root().ToString());

    [Fact]
    public void Root_OfTheReferenceTree_IsThePublishedOne()
    {
        var frontier = new MerkleFrontier();
        for (var i = 0; i < ReferenceTree.CtLeaves.Length; i++)
        {
            frontier.Append(MerkleHashing.Leaf(Convert.FromHexString(ReferenceTree.CtLeaves[i])));

            Assert.Equal(ReferenceTree.CtRoots[i], frontier.Root().ToString());
            Assert.Equal((ulong)i + 1, frontier.Size);
        }
    }

    [Fact]
    public void Root_OfEverySizeTo600_IsTheNaiveOne_AndEdgeRestoresIt()
    {
        var leaves = ReferenceTree.LeafHashes(600);
        var frontier = new MerkleFrontier();
        for (var n = 1; n <= leaves.Length; n++)
        {
            frontier.Append(leaves[n - 1]);

            Assert.Equal(ReferenceTree.Root(leaves.AsSpan(0, n)), frontier.Root());
            Assert.Equal(frontier.Root(), new MerkleFrontier(frontier.Size, [.. frontier.Edge]).Root());
        }
    }

    [Fact]
    public void Clone_IsNotTouchedByLaterAppends()
    {
        var frontier = new MerkleFrontier();
        frontier.Append(ReferenceTree.LeafHash(0));
        var clone = frontier.Clone();
        var root = clone.Root();

        frontier.Append(ReferenceTree.LeafHash(1));

        Assert.Equal(root, clone.Root());
        Assert.Equal(1UL, clone.Size);
        Assert.NotEqual(root, frontier.Root());
    }

    [Fact]
    public void Constructor_EdgeOfAnotherSize_Throws() =>
        Assert.Throws<ArgumentException>(() => new MerkleFrontier(3, [ReferenceTree.LeafHash(0)]));

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1000)]
    public void TryFromTiles_GivesTheSameTree_AndGoesOn(int size)
    {
        var leaves = ReferenceTree.LeafHashes(size + 1);
        var tiles = new MemoryTiles(leaves[..size]);

        Assert.True(MerkleFrontier.TryFromTiles(tiles, (ulong)size, out var frontier));
        Assert.Equal(ReferenceTree.Root(leaves.AsSpan(0, size)), frontier!.Root());
        frontier.Append(leaves[size]);
        Assert.Equal(ReferenceTree.Root(leaves), frontier.Root());
    }

    [Fact]
    public void TryFromTiles_TileMissing_IsFalse()
    {
        var tiles = new MemoryTiles(ReferenceTree.LeafHashes(300));
        Assert.True(tiles.Remove(new TileCoordinate(0, 1, 44)));

        Assert.False(MerkleFrontier.TryFromTiles(tiles, 300, out _));
    }
}
