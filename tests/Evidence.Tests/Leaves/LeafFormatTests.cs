using System.Buffers;

namespace EdgeEnforcement.Evidence.Tests;

public sealed class LeafFormatTests
{
    [Fact]
    public void DecodeOfEncode_IsTheSame_ForRandomLeaves()
    {
        var random = new Random(5);
        for (var i = 0; i < 5_000; i++)
        {
            var leaf = RandomLeaf(random);
            var output = new ArrayBufferWriter<byte>();
            LeafFormat.Write(leaf, output);

            Assert.Equal(LeafFormat.GetLength(leaf), output.WrittenCount);
            Assert.Equal(LeafFormat.ToArray(leaf), output.WrittenSpan.ToArray());
            Assert.True(LeafFormat.TryParse(output.WrittenSpan, out var parsed));
            Assert.Equal(leaf, parsed);
        }
    }

    [Fact]
    public void TryParse_EveryCutAndEveryExtension_IsRefused()
    {
        var bytes = LeafFormat.ToArray(RandomLeaf(new Random(1)));
        for (var length = 0; length < bytes.Length; length++)
            Assert.False(LeafFormat.TryParse(bytes.AsSpan(0, length), out _));
        Assert.False(LeafFormat.TryParse([.. bytes, 0], out _));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 2)] // Another version.
    [InlineData(1, 0)]
    [InlineData(1, 6)]
    [InlineData(2, 0)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    [InlineData(3, 128)]
    [InlineData(6, 0)]
    [InlineData(6, 65)]
    [InlineData(7, ' ')]
    [InlineData(7, 0xC3)]
    public void TryParse_ValueOutOfRange_IsRefused(int offset, int value)
    {
        var bytes = LeafFormat.ToArray(RandomLeaf(new Random(1)));
        bytes[offset] = (byte)value;

        Assert.False(LeafFormat.TryParse(bytes, out _));
    }

    [Fact]
    public void TryParse_RandomBytes_NeverThrows_AndWhatItTakesItWritesBack()
    {
        var random = new Random(2);
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = LeafFormat.ToArray(RandomLeaf(random));
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var cut = bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length);

            if (LeafFormat.TryParse(cut, out var leaf))
                Assert.Equal(cut.ToArray(), LeafFormat.ToArray(leaf));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("重庆")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890abcde")]
    public void Write_BadProducer_Throws(string producer) =>
        Assert.Throws<ArgumentException>(() => LeafFormat.ToArray(RandomLeaf(new Random(1)) with { Producer = producer }));

    [Fact]
    public void Commitment_IsOfSaltThenEnvelope_AndTheSaltHas32Bytes()
    {
        byte[] salt = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

        Assert.Equal(Sha256Hash.Of([.. salt, .. "envelope"u8]), Commitment.Compute(salt, "envelope"u8));
        Assert.Throws<ArgumentException>(() => Commitment.Compute(salt.AsSpan(1), "envelope"u8));
    }

    private static Leaf RandomLeaf(Random random) => new()
    {
        Origin = (LeafOrigin)random.Next(1, 6),
        Class = (byte)random.Next(1, 4),
        Flags = (LeafFlags)random.Next(8),
        Type = (ushort)random.Next(ushort.MaxValue + 1),
        Producer = new string([.. Enumerable.Range(0, random.Next(1, 65)).Select(_ => "abcXYZ019._-"[random.Next(12)])]),
        Epoch = (uint)random.NextInt64(uint.MaxValue + 1L),
        Sequence = (ulong)random.NextInt64(long.MinValue, long.MaxValue),
        EnvelopeLength = (uint)random.NextInt64(uint.MaxValue + 1L),
        IngestTimeMicros = random.NextInt64(long.MinValue, long.MaxValue),
        Commitment = ReferenceTree.LeafHash(random.Next()),
    };
}
