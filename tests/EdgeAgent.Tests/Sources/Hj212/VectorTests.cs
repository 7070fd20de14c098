using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Sources.Framing;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Readings;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

public sealed class VectorTests
{
    [Theory]
    [MemberData(nameof(Vectors.Names), MemberType = typeof(Vectors))]
    public async Task Every_vector_is_one_frame_and_a_message(string name)
    {
        var received = Assert.Single(await WireKit.ReadAllAsync(Vectors.Bytes(Vectors.Good[name])));

        Assert.Equal(ReceivedKind.Frame, received.Kind);
        Assert.True(Hj212Parser.TryParse(received.Bytes, out var message, out var fault), fault);
        Assert.Contains(message.Mn, new[] { "010000A8900016F000169DC0", "LD130133000015" });
    }

    [Theory]
    [MemberData(nameof(Vectors.Names), MemberType = typeof(Vectors))]
    public void What_is_read_is_written_again_byte_for_byte(string name)
    {
        var frame = Vectors.Bytes(Vectors.Good[name]);
        var message = WireKit.Parse(frame);

        // Errata are not written again: V3 has its CRC, V4 CRC and a last semicolon, otherwise.
        if (name is "V3")
            Assert.Equal(Encoding.Latin1.GetString(frame).Replace("1dc0", "1DC0", StringComparison.Ordinal), Encoding.Latin1.GetString(Hj212Formatter.Format(message)));
        else if (name is "V4")
            Assert.Equal(Vectors.V4.Replace(";&&c0c1", "&&", StringComparison.Ordinal)[6..], Encoding.Latin1.GetString(Hj212Formatter.Format(message))[6..^6]);
        else
            Assert.Equal(frame, Hj212Formatter.Format(message));
    }

    [Theory]
    [InlineData(Vectors.N1)]
    [InlineData(Vectors.N3)]
    public async Task A_frame_with_another_check_sum_is_refused_whole(string frame)
    {
        var received = Assert.Single(await WireKit.ReadAllAsync(Vectors.Bytes(frame)));

        Assert.Equal((ReceivedKind.Garbage, "wrong-crc", (long)frame.Length + 2), (received.Kind, received.Reason, received.Length));
        Assert.Equal(Vectors.Bytes(frame), received.Bytes);
    }

    [Fact]
    public async Task N1_is_right_once_its_check_sum_is() =>
        Assert.Equal(ReceivedKind.Frame, Assert.Single(await WireKit.ReadAllAsync(Vectors.Bytes(Vectors.N1[..^4] + "3C00"))).Kind);

    [Theory]
    [InlineData("", "FFFF")]
    [InlineData("\0", "4040")]
    [InlineData("123456789", "2F80")]
    public void Check_values_of_the_crc(string text, string crc) => Assert.Equal(crc, Hj212Crc.Compute(Encoding.ASCII.GetBytes(text)).ToString("X4"));

    [Fact]
    public void The_crc_has_eight_bits_of_state()
    {
        var random = new Random(212);
        var seen = new HashSet<ushort>();
        var bytes = new byte[40];
        for (var i = 0; i < 100_000; i++)
        {
            random.NextBytes(bytes);
            seen.Add(Hj212Crc.Compute(bytes.AsSpan(0, 1 + random.Next(39))));
        }

        Assert.Equal(256, seen.Count);
        Assert.Equal([0x00, 0x01, 0x40, 0x41, 0x80, 0x81, 0xC0, 0xC1], seen.Select(c => c & 0xFF).Distinct().Order());
    }

    [Fact]
    public void V1_sets_the_interval()
    {
        var message = WireKit.Parse(Vectors.Bytes(Vectors.V1));

        Assert.Equal(("20160801085857223", "32", 1062, "100000"), (message.Qn, message.St, message.Cn, message.Pw));
        Assert.Equal((5, true, Hj212Version.V2017, false), (message.Flag, message.WantsAnswer, message.Version, message.IsSplit));
        Assert.Equal("30", message.Find("RtdInterval"));
        Assert.Empty(message.Warnings);
    }

    [Fact]
    public void V2_is_of_2005_and_its_codes_are_those_of_2017_afterwards()
    {
        var (message, readings) = Readings(Vectors.V2);

        Assert.Equal((Hj212Version.V2005, "hj212-2005", false), (message.Version, message.Protocol, message.WantsAnswer));
        Assert.Equal(["w00000 36.91 L/s ", "w01018 231 mg/L N", "w21003 1.803 mg/L N"], readings.Select(Line));
        Assert.All(readings, r => Assert.Equal(new DateTimeOffset(2016, 8, 23, 16, 38, 17, TimeSpan.Zero), r.ObservedAt.ToDateTimeOffset()));
    }

    [Fact]
    public void V4_is_taken_with_its_errata_named()
    {
        var (message, readings) = Readings(Vectors.V4);

        Assert.Equal(["lower-case-crc", "empty-item", "packet-numbers-and-flag-disagree"], message.Warnings);
        Assert.Equal(12, readings.Count);
        Assert.Equal("a34004 207 ug/m3 N", Line(readings[4]));
        Assert.False(readings[3].HasValue); // LA-td
    }

    [Fact]
    public void D06_has_sample_time_and_instrument_flag()
    {
        var (_, readings) = Readings(Vectors.D06);

        Assert.Equal(["w01001 7.1  N", "w01018 2.2 mg/L N"], readings.Select(Line));
        Assert.Equal(new DateTimeOffset(2016, 7, 31, 23, 0, 0, TimeSpan.Zero), readings[1].SampleTime.ToDateTimeOffset());
        Assert.Equal("A01", readings[1].InstrumentFlag);
        Assert.Equal(readings[1].ObservedAt, readings[1].PeriodEnd);
    }

    [Fact]
    public void D09_is_an_hour_that_begins_at_its_data_time()
    {
        var (_, readings) = Readings(Vectors.D09);

        Assert.Equal(["w00000 17.5 L/s N", "w01001 7.5  N", "w01018 40.1 mg/L N"], readings.Select(Line));
        Assert.Equal((16.4, 20.1, 63.0), (readings[0].Minimum, readings[0].Maximum, readings[0].Total));
        Assert.False(readings[1].HasTotal);
        Assert.Equal((ReadingKind.Hour, TimeSpan.FromHours(1)), (readings[0].Kind, readings[0].PeriodEnd.ToDateTimeOffset() - readings[0].ObservedAt.ToDateTimeOffset()));
        Assert.Equal([0u, 1u, 2u], readings.Select(r => r.Ordinal));
    }

    [Fact]
    public void D10_is_noise()
    {
        var (_, readings) = Readings(Vectors.D10);

        Assert.Equal(["L5 53 dB ", "L10 53 dB ", "L50 49 dB ", "L90 45 dB ", "L95 43 dB ", "Leq 50 dB ", "LMx 54 dB ", "LMn 42 dB "], readings.Select(Line));
        Assert.Equal(ReadingKind.Minute, readings[0].Kind);
    }

    [Theory]
    [InlineData(Vectors.D02, 9011, "QnRtn", "1")]
    [InlineData(Vectors.D03, 9012, "ExeRtn", "1")]
    [InlineData(Vectors.D16, 9011, "QnRtn", "2")]
    [InlineData(Vectors.D17, 9011, "QnRtn", "9")]
    [InlineData(Vectors.D01, 1000, "ReCount", "3")]
    [InlineData(Vectors.D07, 2021, "SB2-RS", "0")]
    [InlineData(Vectors.D18, 3015, "VaseNo", "1")]
    public void Commands_and_answers_say_what_they_say(string frame, int cn, string field, string value)
    {
        var message = WireKit.Parse(Vectors.Bytes(frame));

        Assert.Equal((cn, value), (message.Cn, message.Find(field)));
    }

    [Fact]
    public void Packets_carry_their_numbers_and_each_a_whole_area()
    {
        var first = WireKit.Parse(Vectors.Bytes(Vectors.D13));
        var second = WireKit.Parse(Vectors.Bytes(Vectors.D14));

        Assert.Equal((2, 1, 2, 2), (first.PacketCount, first.PacketNumber, second.PacketCount, second.PacketNumber));
        Assert.NotEqual(first.Qn, second.Qn);
        Assert.Equal(first.DataTime, second.DataTime);
        Assert.Empty(first.Warnings);
    }

    [Fact]
    public void D20_exceeds_and_D21_says_maintenance()
    {
        Assert.Equal("w01018 78.4 mg/L N", Line(Assert.Single(Readings(Vectors.D20).Readings)));
        Assert.Equal("w01018 312 mg/L M", Line(Assert.Single(Readings(Vectors.D21).Readings)));
    }

    [Fact]
    public void Frames_of_2025_are_told_by_their_flag()
    {
        Assert.Equal((Hj212Version.V2025, 9015, true), Facts(Vectors.E1));
        Assert.Equal((Hj212Version.V2025, 9013, false), Facts(Vectors.E2));
        Assert.Equal((Hj212Version.V2025, 1011, true), Facts(Vectors.V6));

        static (Hj212Version, int, bool) Facts(string frame)
        {
            var message = WireKit.Parse(Vectors.Bytes(frame));
            return (message.Version, message.Cn, message.WantsAnswer);
        }
    }

    private static (Hj212Message Message, List<Reading> Readings) Readings(string frame)
    {
        var message = WireKit.Parse(Vectors.Bytes(frame));
        var readings = new List<Reading>();
        ReadingMapper.Add(message, station: null, isRecalled: false, readings, new List<string>());
        return (message, readings);
    }

    private static string Line(Reading r) => FormattableString.Invariant($"{r.Factor} {r.Value} {r.Unit} {r.Quality}");
}
