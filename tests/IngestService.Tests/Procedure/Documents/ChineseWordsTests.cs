using EdgeEnforcement.IngestService.Procedure.Documents;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Documents;

public sealed class ChineseWordsTests
{
    [Theory]
    [InlineData(0, "0元", "零元整")]
    [InlineData(1, "0.01元", "壹分")]
    [InlineData(32, "0.32元", "叁角贰分")]
    [InlineData(500_000, "5,000元", "伍仟元整")]
    [InlineData(500_350, "5,003.50元", "伍仟零叁元伍角")]
    [InlineData(100_005, "1,000.05元", "壹仟元零伍分")]
    [InlineData(1_000_000, "10,000元", "壹万元整")]
    [InlineData(10_005_000, "100,050元", "壹拾万零伍拾元整")]
    [InlineData(200_000_000_000, "2,000,000,000元", "贰拾亿元整")]
    [InlineData(100_000_100, "1,000,001元", "壹佰万零壹元整")]
    [InlineData(1_234_567_890, "12,345,678.90元", "壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元玖角")]
    public void Sums_in_digits_and_in_words(long fen, string digits, string words)
    {
        Assert.Equal(digits, ChineseAmount.InDigits(fen));
        Assert.Equal(words, ChineseAmount.InWords(fen));
    }

    [Fact]
    public void Days_are_civil_days_of_Shanghai()
    {
        Timestamp lateInLondon = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 11, 28, 16, 0, 0, TimeSpan.Zero));
        Timestamp before = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 11, 28, 15, 59, 59, TimeSpan.Zero));

        Assert.Equal("2026年11月29日", ChineseDate.Day(lateInLondon));
        Assert.Equal("2026年11月28日", ChineseDate.Day(before));
        Assert.Equal("2026年11月29日0时00分", ChineseDate.Minute(lateInLondon));
        Assert.Equal("2026年1月5日", ChineseDate.Day("2026-01-05"));
        Assert.Equal("00:01:10–01:02:05", ChineseDate.Span(70_000, 3_725_999));
    }
}
