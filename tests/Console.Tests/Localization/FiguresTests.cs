using EdgeEnforcement.OperatorConsole.Localization;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Tests.Localization;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(-62_135_596_800, "0001-01-03 08:00:00")]
    [InlineData(253_402_300_799, "9999-12-30 07:59:59")]
    [InlineData(1_795_219_200, "2026-11-21 08:00:00")]
    public void A_clock_at_either_end_of_time_is_shown_and_breaks_no_page(long seconds, string shown) =>
        Assert.Equal(shown, Figures.Moment(new Timestamp { Seconds = seconds }));
}
