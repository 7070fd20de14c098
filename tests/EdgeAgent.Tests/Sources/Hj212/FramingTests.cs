using System.Text;
using EdgeEnforcement.EdgeAgent.Sources.Framing;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

/// <summary>Frames in streams: split, glued, between garbage, lying.</summary>
public sealed class FramingTests
{
    private static readonly byte[] Good = Vectors.Bytes(Vectors.D20);

    [Fact]
    public async Task A_stream_split_at_every_byte_gives_the_same_frames()
    {
        byte[] stream = [.. Vectors.Bytes(Vectors.D13), .. Vectors.Bytes(Vectors.D14), .. Encrypted(), .. Good];
        for (var at = 0; at <= stream.Length; at++)
        {
            var received = await WireKit.ReadAllAsync(stream[..at], stream[at..]);

            Assert.All(received, r => Assert.Equal(ReceivedKind.Frame, r.Kind));
            Assert.Equal(stream, received.SelectMany(r => r.Bytes));
            Assert.Equal(4, received.Count);
        }
    }

    [Fact]
    public async Task One_byte_at_a_time_gives_the_same_frames()
    {
        byte[] stream = [.. Encoding.ASCII.GetBytes("noise"), .. Vectors.Bytes(Vectors.V4), .. Good];

        var received = await WireKit.ReadAllAsync(WireKit.OneByOne(stream));

        Assert.Equal(2, received.Count(r => r.Kind == ReceivedKind.Frame));
        Assert.Equal(5, received.Where(r => r.Kind == ReceivedKind.Garbage).Sum(r => r.Length));
    }

    [Fact]
    public async Task Garbage_between_frames_is_counted_and_both_frames_are_taken()
    {
        var received = await WireKit.ReadAllAsync([.. Good, .. Encoding.ASCII.GetBytes("AT+OK\r\n#\r\n"), .. Good]);

        Assert.Equal([ReceivedKind.Frame, ReceivedKind.Garbage, ReceivedKind.Frame], received.Select(r => r.Kind));
        Assert.Equal("between-frames", received[1].Reason);
    }

    [Fact]
    public async Task Line_ends_between_frames_are_nobodys_fault()
    {
        var received = await WireKit.ReadAllAsync([.. Good, .. "\r\n\r\n"u8, .. Good]);

        Assert.Equal([ReceivedKind.Frame, ReceivedKind.Frame], received.Select(r => r.Kind));
    }

    [Fact]
    public async Task Marks_and_line_ends_inside_data_are_data()
    {
        var frame = Vectors.Frame("ST=32;CN=3020;PW=123456;MN=M1;Flag=4;CP=&&DataTime=20260801080000;i11001-Info=//##0087\r\n##QN&&;,=//&&");

        var received = Assert.Single(await WireKit.ReadAllAsync(frame));

        Assert.Equal(ReceivedKind.Frame, received.Kind);
        Assert.Equal("//##0087\r\n##QN&&;,=//", WireKit.Parse(received.Bytes).Find("i11001-Info"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(12)]
    public async Task A_wrong_length_costs_the_frame_and_not_the_next(int by)
    {
        var wrong = Encoding.Latin1.GetBytes($"##{172 + by:D4}" + Vectors.D20[6..] + "\r\n");

        var received = await WireKit.ReadAllAsync([.. wrong, .. Good]);

        Assert.Equal([ReceivedKind.Garbage, ReceivedKind.Frame], received.Select(r => r.Kind));
        Assert.Equal(("wrong-length", (long)wrong.Length), (received[0].Reason, received[0].Length));
        Assert.Equal(Good, received[1].Bytes);
    }

    [Fact]
    public async Task A_length_above_the_limit_is_refused_before_its_body_is_waited_for()
    {
        var received = await WireKit.ReadAllAsync([.. "##1025QN="u8, .. Good]);

        Assert.Equal([ReceivedKind.Garbage, ReceivedKind.Frame], received.Select(r => r.Kind));
        Assert.Equal("oversize", received[0].Reason);
        Assert.Equal(FrameStatus.Garbage, WireKit.Parser.Scan("##1025"u8, isFinal: false).Status);
    }

    [Fact]
    public async Task The_longest_data_segment_is_taken()
    {
        var frame = Vectors.Frame("ST=32;CN=3020;MN=M1;Flag=4;CP=&&i1-Info=//" + new string('x', 1024 - 42 - 4) + "//&&");
        Assert.Equal("##1024", Encoding.ASCII.GetString(frame, 0, 6));

        Assert.Equal(ReceivedKind.Frame, Assert.Single(await WireKit.ReadAllAsync(WireKit.OneByOne(frame))).Kind);
    }

    [Fact]
    public async Task The_length_counts_bytes_where_data_holds_text()
    {
        var frame = Vectors.Frame("ST=32;CN=3020;MN=M1;Flag=8;CP=&&i11001-Info=//清洗管路//&&");

        var received = Assert.Single(await WireKit.ReadAllAsync(frame));

        Assert.Equal("//清洗管路//", Hj212Text.Of(WireKit.Parse(received.Bytes).Find("i11001-Info")));
    }

    [Fact]
    public async Task Garbage_without_end_is_sampled_and_counted()
    {
        var received = await WireKit.ReadAllAsync(new byte[100_000]);

        Assert.Equal(100_000, received.Sum(r => r.Length));
        Assert.All(received, r => Assert.InRange(r.Bytes.Length, 1, FrameReader.GarbageSampleBytes));
    }

    [Fact]
    public async Task A_frame_that_is_cut_off_by_the_end_is_torn()
    {
        var received = await WireKit.ReadAllAsync(Good[..^20]);

        Assert.Equal((ReceivedKind.Garbage, "torn"), (Assert.Single(received).Kind, received[0].Reason));
    }

    [Fact]
    public async Task A_logger_without_tails_and_with_three_digits_is_understood()
    {
        var frame = Vectors.Bytes("##453" + Vectors.V4[6..], tail: "");

        var received = await WireKit.ReadAllAsync([.. frame, .. frame, .. Good]);

        Assert.Equal(3, received.Count(r => r.Kind == ReceivedKind.Frame));
        Assert.Equal(frame, received[0].Bytes);
        Assert.Equal(["three-digit-length", "lower-case-crc", "no-tail"], WireKit.Parse(received[0].Bytes).Warnings.Take(3));
    }

    [Fact]
    public async Task An_encrypted_frame_is_recognised_and_kept_as_it_is()
    {
        var received = Assert.Single(await WireKit.ReadAllAsync(Encrypted()));
        var message = WireKit.Parse(received.Bytes);

        Assert.Equal(Encrypted(), received.Bytes);
        Assert.True(message.IsEncrypted);
        Assert.Equal((2011, "010000A8900016F000169DC0", 0), (message.Cn, message.Mn, message.Items.Count));
        Assert.Contains("encrypted", message.Warnings);
    }

    [Theory]
    [InlineData("QN=20160801085857223,ST=32;CN=1062;MN=M1;Flag=5;CP=&&RtdInterval=30&&", "comma-for-semicolon")]
    [InlineData("QN=20160801085857223;ST=32;CN=1062;MN=M1;Flag=5CP=&&RtdInterval=30&&", "missing-separator")]
    [InlineData("QN=20160801085857223; ST=32;CN=1062;MN=M1;Flag=5;CP=&& RtdInterval=30&&", "blank")]
    [InlineData("QN=20160801085857223;ST=32;CN=1062;MN=M1;Flag=5;CP=&&RtdInterval=30;&&", "empty-item")]
    [InlineData("QN=1;ST=32;CN=1062;MN=M1;Flag=5;CP=&&RtdInterval=30&&", "bad-qn")]
    [InlineData("QN=20160801085857223;ST=32;CN=1062;MN=M1;Flag=5;CP=&&RtdInterval=30&& ", "text-after-data-area")]
    public void Errata_are_taken_and_named(string data, string warning)
    {
        var message = WireKit.Parse(Vectors.Frame(data));

        Assert.Equal(("32", 1062, "M1", 5, "30"), (message.St, message.Cn, message.Mn, message.Flag, message.Find("RtdInterval")));
        Assert.Contains(warning, message.Warnings);
    }

    [Theory]
    [InlineData("ST=32;CN=2011;MN=M1;Flag=4", "no-data-area")]
    [InlineData("ST=32;CN=2011;Flag=4;CP=&&DataTime=20260801080000&&", "no-mn")]
    [InlineData("ST=32;CN=20x1;MN=M1;Flag=4;CP=&&DataTime=20260801080000&&", "no-cn")]
    [InlineData("", "no-data-area")]
    public void What_leaves_open_who_or_what_is_refused(string data, string fault)
    {
        Assert.False(Hj212Parser.TryParse(Vectors.Frame(data), out _, out var said));
        Assert.Equal(fault, said);
    }

    private static byte[] Encrypted() => [.. Convert.FromHexString(Vectors.EncryptedHex), .. "\r\n"u8];
}
