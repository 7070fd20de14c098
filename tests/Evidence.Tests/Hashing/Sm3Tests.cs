namespace EdgeEnforcement.Evidence.Tests;

public sealed class Sm3Tests
{
    [Fact]
    public void HashData_Abc_IsTheStandardsValue() =>
        Assert.Equal("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", Convert.ToHexStringLower(Sm3.HashData("abc"u8)));

    [Fact]
    public void HashData_64Bytes_IsTheStandardsValue()
    {
        var text = string.Concat(Enumerable.Repeat("abcd", 16));

        Assert.Equal(
            "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
            Convert.ToHexStringLower(Sm3.HashData(System.Text.Encoding.ASCII.GetBytes(text))));
    }

    [Fact]
    public void Append_InPieces_IsTheSameAsAtOnce_AndResets()
    {
        var bytes = new byte[10_000];
        new Random(3).NextBytes(bytes);
        using var sm3 = new Sm3();
        for (var i = 0; i < 2; i++)
        {
            sm3.Append([]);
            sm3.Append(bytes.AsSpan(0, 63));
            sm3.Append(bytes.AsSpan(63, 1));
            sm3.Append(bytes.AsSpan(64));

            Assert.Equal(Sm3.HashData(bytes), sm3.FinishAndReset());
        }
    }

    [Fact]
    public void Finish_OfNothing_IsTheEmptyDigest() =>
        Assert.Equal("1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b", Convert.ToHexStringLower(Sm3.HashData([])));
}
