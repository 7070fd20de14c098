using System.Buffers;
using EdgeEnforcement.Mqtt.Codec;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

public sealed class RoundTripTests(ITestOutputHelper output)
{
    private static int Packets => LongForm.IsWanted ? 500_000 : 20_000;

    [Fact]
    public void What_is_written_is_read_and_written_again_byte_for_byte()
    {
        output.WriteLine($"EE_SEED={LongForm.Seed}");
        var maker = new PacketMaker(new Random(LongForm.Seed));
        for (var i = 0; i < Packets; i++)
        {
            var (packet, version, sender) = maker.Next();
            var bytes = AnyPacket.Format(packet, version);
            var read = AnyPacket.Parse(new ReadOnlySequence<byte>(bytes), version, sender, out var violation);

            if (read is null || !PacketEquality.Same(packet, read) || !AnyPacket.Format(read, version).AsSpan().SequenceEqual(bytes))
                Assert.Fail($"packet {i}, {version}: {packet}\n{Convert.ToHexString(bytes)}\n{violation}\n{read}");
        }
    }

    [Fact]
    public void Cut_anywhere_it_is_the_same_packet()
    {
        output.WriteLine($"EE_SEED={LongForm.Seed}");
        var maker = new PacketMaker(new Random(LongForm.Seed));
        for (var i = 0; i < Packets / 100; i++)
        {
            var (packet, version, sender) = maker.Next();
            var bytes = AnyPacket.Format(packet, version);
            SameIn(Pieces.OneByteEach(bytes), packet, version, sender);
            for (var cut = 1; cut < bytes.Length; cut++)
                SameIn(Pieces.At(bytes, cut), packet, version, sender);
        }
    }

    [Fact]
    public void Byte_by_byte_it_is_awaited_to_its_end_and_no_longer()
    {
        output.WriteLine($"EE_SEED={LongForm.Seed}");
        var maker = new PacketMaker(new Random(LongForm.Seed));
        for (var i = 0; i < Packets / 100; i++)
        {
            var (packet, version, sender) = maker.Next();
            var bytes = AnyPacket.Format(packet, version);
            for (var come = 0; come < bytes.Length; come++)
            {
                var status = PacketReader.TryRead(
                    new ReadOnlySequence<byte>(bytes, 0, come), version, PacketLimits.LargestPacketBytes, out _, out var violation);
                Assert.True(status == FrameStatus.NeedMore, $"{Convert.ToHexString(bytes)} at {come}: {status} {violation}");
            }

            SameIn(new ReadOnlySequence<byte>(bytes), packet, version, sender);
        }
    }

    [Fact]
    public void A_body_that_ends_early_is_refused_or_is_another_valid_packet()
    {
        output.WriteLine($"EE_SEED={LongForm.Seed}");
        var maker = new PacketMaker(new Random(LongForm.Seed));
        for (var i = 0; i < Packets / 20; i++)
        {
            var (packet, version, sender) = maker.Next();
            var bytes = AnyPacket.Format(packet, version);
            PacketReader.TryRead(new ReadOnlySequence<byte>(bytes), version, PacketLimits.LargestPacketBytes, out var frame, out _);
            var body = frame.Body.ToArray();
            for (var kept = 0; kept < body.Length; kept++)
            {
                var cut = Wire.Packet(bytes[0], body[..kept]);
                var read = AnyPacket.Parse(new ReadOnlySequence<byte>(cut), version, sender, out _);
                if (read is not null && !PacketEquality.Same(read, Again(read, version, sender)))
                    Assert.Fail($"{Convert.ToHexString(cut)} is not itself again");
            }
        }
    }

    private static object Again(object packet, MqttVersion version, PacketSender sender) =>
        AnyPacket.Parse(new ReadOnlySequence<byte>(AnyPacket.Format(packet, version)), version, sender, out var violation)
        ?? throw new InvalidOperationException(violation.ToString());

    private static void SameIn(in ReadOnlySequence<byte> buffer, object packet, MqttVersion version, PacketSender sender)
    {
        var read = AnyPacket.Parse(buffer, version, sender, out var violation);
        if (read is null || !PacketEquality.Same(packet, read))
            Assert.Fail($"{Convert.ToHexString(buffer.ToArray())}: {violation} {read}");
    }
}
