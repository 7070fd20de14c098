using System.Buffers;

namespace EdgeEnforcement.Evidence.Tests;

public sealed class TileTests
{
    [Theory]
    [InlineData(0, 0UL, 256, "tile/0/000")]
    [InlineData(0, 1234067UL, 256, "tile/0/x001/x234/067")]
    [InlineData(0, 1234067UL, 5, "tile/0/x001/x234/067.p/5")]
    [InlineData(1, 1000UL, 255, "tile/1/x001/000.p/255")]
    [InlineData(7, 999UL, 1, "tile/7/999.p/1")]
    public void ForTile_IsTheSpecifiedPath(int level, ulong index, int width, string expected) =>
        Assert.Equal(expected, TilePath.ForTile(level, index, width));

    [Theory]
    [InlineData(0UL, 256, "tile/entries/000")]
    [InlineData(1234067UL, 17, "tile/entries/x001/x234/067.p/17")]
    public void ForEntries_IsTheSpecifiedPath(ulong index, int width, string expected) =>
        Assert.Equal(expected, TilePath.ForEntries(index, width));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 257)]
    [InlineData(-1, 1)]
    [InlineData(64, 1)]
    public void ForTile_OutOfRange_Throws(int level, int width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TilePath.ForTile(level, 0, width));

    [Fact]
    public void TilesOf_70000_AreThoseOfTheSpecification()
    {
        var tiles = TileMath.TilesOf(70_000).ToList();

        Assert.Equal(273, tiles.Count(t => t is { Level: 0, IsFull: true }));
        Assert.Equal([new TileCoordinate(0, 273, 112)], tiles.Where(t => t is { Level: 0, IsFull: false }));
        Assert.Equal([new TileCoordinate(1, 0, 256), new TileCoordinate(1, 1, 17)], tiles.Where(t => t.Level == 1));
        Assert.Equal([new TileCoordinate(2, 0, 1)], tiles.Where(t => t.Level == 2));
        Assert.Equal(273 + 1 + 2 + 1, tiles.Count);
    }

    [Fact]
    public void TilesOf_256_AreOneFullTileAndOnePartialAbove() =>
        Assert.Equal([new TileCoordinate(0, 0, 256), new TileCoordinate(1, 0, 1)], TileMath.TilesOf(256));

    [Fact]
    public void TilesOf_IsWhatTheDefinitionGives_AndWidthOfAgrees()
    {
        foreach (var size in (int[])[0, 1, 255, 256, 257, 512, 600, 65536, 66000])
        {
            var expected = new MemoryTiles(ReferenceTree.LeafHashes(size)).Coordinates.ToHashSet();

            Assert.Equal(expected, [.. TileMath.TilesOf((ulong)size)]);
            Assert.All(expected, t => Assert.Equal(t.Width, TileMath.WidthOf(t.Level, t.Index, (ulong)size)));
        }
    }

    [Fact]
    public void NewTiles_StepByStep_CoverEveryTileOfEverySize()
    {
        var random = new Random(7);
        var have = new HashSet<TileCoordinate>();
        ulong size = 0;
        while (size < 70_000)
        {
            var next = size + (ulong)random.Next(1, 400);
            var added = TileMath.NewTiles(size, next).ToList();
            Assert.DoesNotContain(added, have.Contains); // Nothing is written twice.
            have.UnionWith(added);
            size = next;

            Assert.Superset(TileMath.TilesOf(size).ToHashSet(), have);
        }
    }

    [Fact]
    public void PerfectRoot_OfAFullTile_IsItsSubtreesRoot()
    {
        var leaves = ReferenceTree.LeafHashes(256);

        Assert.Equal(ReferenceTree.Root(leaves), MerkleHashing.PerfectRoot([.. leaves.SelectMany(h => h.ToArray())]));
        Assert.Equal(leaves[0], MerkleHashing.PerfectRoot(leaves[0].ToArray()));
        Assert.Throws<ArgumentException>(() => MerkleHashing.PerfectRoot(new byte[96]));
        Assert.Throws<ArgumentException>(() => MerkleHashing.PerfectRoot([]));
    }

    [Fact]
    public void EntryBundle_DecodeOfEncode_IsTheSame_AndEveryCutIsRefused()
    {
        byte[][] leaves = [[], [1], [.. Enumerable.Repeat((byte)7, 300)], new byte[EntryBundle.MaxLeafBytes]];
        var output = new ArrayBufferWriter<byte>();
        foreach (var leaf in leaves)
            EntryBundle.Write(output, leaf);
        var bytes = output.WrittenSpan.ToArray();

        Assert.Equal([0, 0, 0, 1, 1, 1, 44, 7], bytes[..8]);
        Assert.True(EntryBundle.TryParse(bytes, leaves.Length, out var read));
        Assert.Equal(leaves, read);
        Assert.False(EntryBundle.TryParse(bytes, leaves.Length - 1, out _));
        Assert.False(EntryBundle.TryParse(bytes, leaves.Length + 1, out _));
        foreach (var cut in (int[])[0, 1, 2, 4, 5, 100, bytes.Length - 1])
            Assert.False(EntryBundle.TryParse(bytes.AsSpan(0, cut), leaves.Length, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => EntryBundle.Write(output, new byte[EntryBundle.MaxLeafBytes + 1]));
    }
}
