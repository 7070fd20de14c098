using System.Text;
using EdgeEnforcement.IngestService.Storage.Influx;

namespace EdgeEnforcement.IngestService.Tests.Influx;

public sealed class LineProtocolFormatterTests
{
    [Fact]
    public void A_point_is_one_line()
    {
        LineProtocolFormatter lines = new();
        lines.Begin("reading").Tag("device", "MN1").Tag("unit", "mg/L").Field("value", 48.5).Field("entry", 7L).End(1_795_000_000_000);

        Assert.Equal("reading,device=MN1,unit=mg/L value=48.5,entry=7i 1795000000000\n", Text(lines));
        Assert.Equal(1, lines.Lines);
    }

    [Theory]
    [InlineData("a b", "a\\ b")]
    [InlineData("a,b=c", "a\\,b\\=c")]
    [InlineData("a\\b", "a\\b")] // a backslash within is one
    [InlineData("a\\", "a_")] // at the end it would hide the comma
    [InlineData("a\nreading value=1", "a_reading\\ value\\=1")] // no second line out of a device's words
    [InlineData("化学需氧量", "化学需氧量")]
    [InlineData("😀", "😀")]
    public void A_tag_is_escaped(string value, string written)
    {
        LineProtocolFormatter lines = new();
        lines.Begin("m").Tag("t", value).Field("f", 1L).End(0);

        Assert.Equal($"m,t={written} f=1i 0\n", Text(lines));
    }

    [Fact]
    public void Half_a_character_is_none()
    {
        LineProtocolFormatter lines = new();
        lines.Begin("m").Tag("t", "a\ud800b").Field("f", 1L).End(0);

        Assert.Equal("m,t=a\ufffdb f=1i 0\n", Text(lines));
    }

    [Fact]
    public void What_cannot_be_said_is_left_out()
    {
        LineProtocolFormatter lines = new();
        lines.Begin("m").Tag("empty", "").Field("nan", double.NaN).Field("inf", double.PositiveInfinity).Field("f", -0.1).End(-1);

        Assert.Equal("m f=-0.1 -1\n", Text(lines));
        Assert.Throws<InvalidOperationException>(() => lines.Begin("m").Field("nan", double.NaN).End(0));
    }

    [Fact]
    public void Long_lines_and_many_fit()
    {
        LineProtocolFormatter lines = new();
        string words = new('水', 300_000);
        for (int i = 0; i < 3; i++)
            lines.Begin("m").Tag("t", words).Field("f", double.MaxValue).End(i);

        Assert.Equal(3, lines.Lines);
        Assert.Equal(3, Text(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.Contains(words, StringComparison.Ordinal)));
    }

    private static string Text(LineProtocolFormatter lines) => Encoding.UTF8.GetString(lines.Bytes.Span);
}
