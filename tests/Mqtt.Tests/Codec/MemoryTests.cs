using System.Buffers;
using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

/// <summary>What the codec takes from the heap: nothing for the packets of the hot path, and for the others no more than their length allows.</summary>
public sealed class MemoryTests
{
    private const int MemoryPerByte = 64;

    private readonly ArrayBufferWriter<byte> _output = new(4096);

    [Theory]
    [InlineData("32 07 00 03 'a/b' 00 0A", MqttVersion.V311)]
    [InlineData("32 12 00 03 'a/b' 00 0A 0A 23 00 01 26 00 01 'k' 00 01 'v'", MqttVersion.V5)]
    [InlineData("40 02 00 01", MqttVersion.V311)]
    [InlineData("50 03 00 01 97", MqttVersion.V5)]
    [InlineData("62 02 00 01", MqttVersion.V5)]
    [InlineData("70 02 00 01", MqttVersion.V5)]
    [InlineData("C0 00", MqttVersion.V5)]
    [InlineData("E0 00", MqttVersion.V5)]
    public void Reading_the_packets_of_the_hot_path_takes_nothing(string wire, MqttVersion version)
    {
        var bytes = Wire.Bytes(wire);
        var whole = Pieces.Whole(bytes);
        var cut = Pieces.OneByteEach(bytes);

        TakesNothing(() => Read(whole, version));
        TakesNothing(() => Read(cut, version));
    }

    [Fact]
    public void Refusing_takes_nothing()
    {
        var bad = Pieces.Whole(Wire.Bytes("32 07 00 03 'a/+' 00 0A"));

        TakesNothing(() =>
        {
            PacketReader.TryRead(bad, MqttVersion.V5, 100, out var frame, out _);
            if (PublishParser.TryParse(frame, MqttVersion.V5, PacketSender.Client, out _, out _))
                Assert.Fail("accepted");
        });
    }

    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V5)]
    public void Writing_the_packets_of_the_hot_path_takes_nothing(MqttVersion version)
    {
        var message = new ApplicationMessage { Topic = "ee/v1/dock-1/up", Payload = new byte[200], ContentType = "x", UserProperties = [new("k", "v")] };

        TakesNothing(Writing(() => PacketFormatter.WritePublish(_output, version, message, new PublishForm(QoS.AtLeastOnce, PacketId: 1))));
        TakesNothing(Writing(() => PacketFormatter.WriteAck(_output, version, new AckPacket(PacketType.Puback, 1, ReasonCode.QuotaExceeded))));
        TakesNothing(Writing(() => PacketFormatter.WriteAck(_output, version, new AckPacket(PacketType.Pubrec, 1))));
        TakesNothing(Writing(() => PacketFormatter.WriteAck(_output, version, new AckPacket(PacketType.Pubrel, 1))));
        TakesNothing(Writing(() => PacketFormatter.WriteAck(_output, version, new AckPacket(PacketType.Pubcomp, 1))));
        TakesNothing(Writing(() => PacketFormatter.WritePingresp(_output)));
    }

    [Theory]
    [InlineData(0x82, "00 01 00", "00 01 'a' 00", "")]
    [InlineData(0xA2, "00 01 00", "00 01 'a'", "")]
    [InlineData(0x90, "00 01 00", "00", "")]
    [InlineData(0x40, "00 01 00 00 00 00", "26 00 00 00 00", "")]
    [InlineData(0x30, "00 01 't' 00 00 00", "26 00 00 00 00", "")]
    [InlineData(0x10, "00 04 'MQTT' 05 02 00 00 00 00 00", "26 00 00 00 00", "00 00")]
    public void The_smallest_parts_in_the_largest_number_take_memory_in_proportion(byte first, string head, string part, string tail)
    {
        const int Parts = 26_176; // of five bytes each: a list whose length takes three bytes, as the heads have room for
        var parts = Enumerable.Repeat(Wire.Bytes(part), Parts).SelectMany(bytes => bytes).ToArray();
        var start = Wire.Bytes(head);
        if (part.StartsWith("26", StringComparison.Ordinal))
            VariableInteger.Write(start.AsSpan(start.Length - 3), (uint)parts.Length);
        var buffer = Pieces.Whole(Wire.Packet(first, [.. start, .. parts, .. Wire.Bytes(tail)]));
        Assert.NotNull(AnyPacket.Parse(buffer, MqttVersion.V5, PacketSender.Client, out _));

        var before = GC.GetAllocatedBytesForCurrentThread();
        AnyPacket.Parse(buffer, MqttVersion.V5, PacketSender.Client, out _);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryPerByte * buffer.Length);
    }

    private static void Read(in ReadOnlySequence<byte> buffer, MqttVersion version)
    {
        var read = PacketReader.TryRead(buffer, version, 100, out var frame, out _) == FrameStatus.Frame && frame.Type switch
        {
            PacketType.Publish => PublishParser.TryParse(frame, version, PacketSender.Client, out _, out _),
            PacketType.Disconnect => DisconnectParser.TryParse(frame, version, PacketSender.Client, out _, out _),
            PacketType.Pingreq => true,
            _ => AckParser.TryParse(frame, version, out _, out _),
        };
        if (!read)
            Assert.Fail("refused");
    }

    private Action Writing(Func<int> write) => () =>
    {
        _output.ResetWrittenCount();
        if (write() == 0)
            Assert.Fail("not written");
    };

    // The first calls may take memory for what is made once.
    private static void TakesNothing(Action act)
    {
        for (var i = 0; i < 10; i++)
            act();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            act();
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, taken);
    }
}
