using System.Buffers;
using System.Text;
using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

public sealed class StrictTextTests
{
    [Theory]
    [InlineData("", TextCheck.Valid)]
    [InlineData("'a' C3 A9 E6 B2 B3 F0 9F 9A A4", TextCheck.Valid)]
    [InlineData("F4 8F BF BF", TextCheck.Valid)]
    [InlineData("EF BB BF", TextCheck.Valid)]
    [InlineData("EF BF BF", TextCheck.Valid)]
    [InlineData("01 1F 7F C2 85", TextCheck.Valid)]
    [InlineData("'a' 00", TextCheck.HasNull)]
    [InlineData("FF 00", TextCheck.HasNull)]
    [InlineData("C0 80", TextCheck.IllFormed)]
    [InlineData("C1 BF", TextCheck.IllFormed)]
    [InlineData("E0 80 AF", TextCheck.IllFormed)]
    [InlineData("E0 9F BF", TextCheck.IllFormed)]
    [InlineData("F0 80 80 AF", TextCheck.IllFormed)]
    [InlineData("F0 8F BF BF", TextCheck.IllFormed)]
    [InlineData("ED A0 80", TextCheck.IllFormed)]
    [InlineData("ED BF BF", TextCheck.IllFormed)]
    [InlineData("ED A1 8C ED BE B4", TextCheck.IllFormed)]
    [InlineData("F4 90 80 80", TextCheck.IllFormed)]
    [InlineData("F5 80 80 80", TextCheck.IllFormed)]
    [InlineData("FF", TextCheck.IllFormed)]
    [InlineData("80", TextCheck.IllFormed)]
    [InlineData("E6 B2", TextCheck.IllFormed)]
    [InlineData("E6 B2 'x'", TextCheck.IllFormed)]
    [InlineData("F0 9F 9A", TextCheck.IllFormed)]
    internal void Whole_and_in_pieces_it_is_judged_the_same(string wire, TextCheck expected)
    {
        var bytes = Wire.Bytes(wire);

        Assert.Equal(expected, StrictText.Check(new ReadOnlySequence<byte>(bytes)));
        Assert.Equal(expected, StrictText.Check(Pieces.OneByteEach(bytes)));
        for (var cut = 1; cut < bytes.Length; cut++)
            Assert.Equal(expected, StrictText.Check(Pieces.At(bytes, cut)));
        if (expected == TextCheck.Valid)
            Assert.Equal(Encoding.UTF8.GetString(bytes), StrictText.Read(Pieces.OneByteEach(bytes)));
    }

    [Fact]
    public void Every_pair_of_bytes_is_judged_as_the_runtime_judges_it()
    {
        // Four bytes each, so that every first byte meets every second one with the rest right for three- and four-byte forms.
        foreach (var rest in new byte[][] { [], [0x80], [0x80, 0x80], [0x41] })
        {
            for (var pair = 0; pair < 65_536; pair++)
            {
                byte[] bytes = [(byte)(pair >> 8), (byte)pair, .. rest];
                var walker = default(Utf8Walker);
                var walked = walker.TryTake(bytes) && walker.IsComplete;
                if (walked != System.Text.Unicode.Utf8.IsValid(bytes))
                    Assert.Fail($"{Convert.ToHexString(bytes)}: {walked}");
            }
        }
    }
}
