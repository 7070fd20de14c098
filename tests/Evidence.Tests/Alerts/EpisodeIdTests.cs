using System.Security.Cryptography;

namespace EdgeEnforcement.Evidence.Tests;

public sealed class EpisodeIdTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

    [Fact]
    public void Derive_IsTheContractsHash() =>
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData("sensor-1\nrule-a\n嘉陵江\n1700000000123"u8))[..32],
            EpisodeId.Derive("sensor-1", "rule-a", "嘉陵江", Start));

    [Fact]
    public void Derive_SameInstantInAnotherZone_IsTheSame() =>
        Assert.Equal(EpisodeId.Derive("s", "r", "t", Start), EpisodeId.Derive("s", "r", "t", Start.ToOffset(TimeSpan.FromHours(8))));

    [Fact]
    public void Derive_NewlineInAPart_Throws() =>
        Assert.Throws<ArgumentException>(() => EpisodeId.Derive("s\nr", "r", "t", Start));
}
