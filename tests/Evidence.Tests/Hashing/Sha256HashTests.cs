namespace EdgeEnforcement.Evidence.Tests;

public sealed class Sha256HashTests
{
    private const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Fact]
    public void Of_Abc_IsTheStandardsValue() => Assert.Equal(Abc, Sha256Hash.Of("abc"u8).ToString());

    [Theory]
    [InlineData(0, 0)]
    [InlineData(32, 5)]
    [InlineData(1024, 1024)]
    [InlineData(32, 1025)]
    [InlineData(5000, 3)]
    public void OfTwo_IsOfBothJoined(int first, int second)
    {
        var bytes = new byte[first + second];
        new Random(first).NextBytes(bytes);

        Assert.Equal(Sha256Hash.Of(bytes), Sha256Hash.Of(bytes.AsSpan(0, first), bytes.AsSpan(first)));
    }

    [Fact]
    public void TextAndBytes_ComeBackTheSame()
    {
        var hash = Sha256Hash.Parse(Abc);

        Assert.Equal(Abc, hash.ToString());
        Assert.Equal(hash, Sha256Hash.FromBytes(hash.ToArray()));
        Assert.True(Sha256Hash.TryParse(Abc, out var parsed) && parsed == hash);
        Assert.False(hash.IsZero);
        Assert.True(Sha256Hash.Zero.IsZero);
        Assert.NotEqual(Sha256Hash.Zero, hash);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ba78")]
    [InlineData("zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void TryParse_NotAHash_IsFalse(string? text) => Assert.False(Sha256Hash.TryParse(text, out _));

    [Fact]
    public void FromBytes_AnotherLength_Throws() => Assert.Throws<ArgumentException>(() => Sha256Hash.FromBytes(new byte[31]));
}
