using EdgeEnforcement.OperatorConsole.Localization;

namespace EdgeEnforcement.OperatorConsole.Tests.Localization;

public sealed class EntryRangesTests
{
    [Theory]
    [InlineData("12", "#12")]
    [InlineData(" #12 ，15-18、20–20", "#12, #15–#18, #20")]
    [InlineData("18446744073709551615", "#18446744073709551615")]
    public void What_a_person_types_is_read(string typed, string read)
    {
        Assert.True(EntryRanges.TryParse(typed, out var ranges));
        Assert.Equal(read, EntryRanges.Write(ranges));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("-5")]
    [InlineData("9-3")]
    [InlineData("1-2-3")]
    [InlineData("twelve")]
    [InlineData("18446744073709551616")]
    public void Anything_else_is_not_guessed_at(string typed) => Assert.False(EntryRanges.TryParse(typed, out _));
}
