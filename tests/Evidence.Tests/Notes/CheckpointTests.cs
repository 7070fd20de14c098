using System.Text;

namespace EdgeEnforcement.Evidence.Tests;

public sealed class CheckpointTests
{
    private const string Root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    [Theory]
    [InlineData(0UL)]
    [InlineData(9UL)]
    [InlineData(ulong.MaxValue)]
    public void DecodeOfEncode_IsTheSame(ulong size)
    {
        var checkpoint = new Checkpoint("ledger.example/ee", size, MerkleHashing.EmptyRoot);

        Assert.Equal($"ledger.example/ee\n{size}\n{Root}\n", Encoding.UTF8.GetString(checkpoint.Render()));
        Assert.True(Checkpoint.TryParse(checkpoint.Render(), out var parsed));
        Assert.Equal(checkpoint, parsed);
    }

    [Theory]
    [InlineData("o\n01\n" + Root + "\n")]
    [InlineData("o\n+1\n" + Root + "\n")]
    [InlineData("o\n-1\n" + Root + "\n")]
    [InlineData("o\n 1\n" + Root + "\n")]
    [InlineData("o\n\n" + Root + "\n")]
    [InlineData("o\n18446744073709551616\n" + Root + "\n")]
    [InlineData("o\n1\n" + Root + "\nextension\n")]
    [InlineData("o\n1\n" + Root + "\n\n")]
    [InlineData("o\n1\n" + Root)]
    [InlineData("\n1\n" + Root + "\n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hS\n")]
    [InlineData("o\r\n1\n" + Root + "\n")]
    [InlineData("o\n1\n")]
    [InlineData("")]
    public void TryParse_Malformed_IsRefused(string text) => Assert.False(Checkpoint.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
