using Grpc.Framing;

namespace EdgeEnforcement.GrpcTests;

public sealed class CodecTests
{
    [Theory]
    [InlineData(-5, "1n")]
    [InlineData(0, "1n")]
    [InlineData(1, "1u")]
    [InlineData(10, "1u")]
    [InlineData(11, "2u")]
    [InlineData(999_999_990L, "99999999u")]
    [InlineData(999_999_991L, "100000m")]
    [InlineData(864_000_000_000L * 30, "2592000S")]
    [InlineData(long.MaxValue, "256204779H")]
    public void Timeout_takes_the_finest_unit_that_fits(long ticks, string text) =>
        Assert.Equal(text, GrpcProtocol.FormatTimeout(new TimeSpan(ticks)));

    [Fact]
    public void Timeout_read_back_is_never_shorter()
    {
        var random = new Random(11);
        for (var i = 0; i < 10_000; i++)
        {
            var timeout = new TimeSpan(random.NextInt64(1, 1L << random.Next(1, 60)));
            Assert.True(GrpcProtocol.TryParseTimeout(GrpcProtocol.FormatTimeout(timeout), out var read));
            Assert.True(read >= timeout, $"{timeout} became {read}");
        }
    }

    [Fact]
    public void Status_message_read_back_is_the_same()
    {
        var random = new Random(12);
        for (var i = 0; i < 2000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => char.ConvertFromUtf32(random.Next(3) switch
            {
                0 => random.Next(0x80),
                1 => random.Next(0x4e00, 0x9fff),
                _ => random.Next(0x1f300, 0x1f600),
            })));
            var encoded = StatusMessage.Encode(text);
            Assert.DoesNotContain(encoded, c => c is < ' ' or > '~');
            Assert.Equal(text, StatusMessage.Decode(encoded));
        }
    }

    [Theory]
    [InlineData("100%", "100%")]
    [InlineData("%zz%4", "%zz%4")]
    [InlineData("%41%", "A%")]
    [InlineData("é%41", "éA")]
    public void Status_message_with_broken_escapes_keeps_what_it_can(string encoded, string text) =>
        Assert.Equal(text, StatusMessage.Decode(encoded));
}
