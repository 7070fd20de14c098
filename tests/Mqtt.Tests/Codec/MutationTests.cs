using System.Buffers;
using EdgeEnforcement.Mqtt.Codec;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

/// <summary>
/// A million wrong packets and more. None makes a parser throw, none is read beyond its frame, none costs memory out of proportion to its length, and
/// what is accepted means the same after it was written and read again.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    // A filter of one character is five bytes on the wire and some eighty in memory (text, entry, room in a list that doubles).
    private const int MemoryPerByte = 64;
    private const int MemoryPerPacket = 16_384;
    private const int ChecksOnceIn = 8;

    private int _accepted;
    private readonly HashSet<string> _statements = [];

    private static int Packets => LongForm.IsWanted ? 20_000_000 : 1_000_000;

    [Fact]
    public void A_mutated_packet_is_refused_in_words_or_understood()
    {
        output.WriteLine($"EE_SEED={LongForm.Seed}");
        var random = new Random(LongForm.Seed);
        var maker = new PacketMaker(random);
        var mutator = new Mutator(random);
        var corpus = Enumerable.Range(0, 4000).Select(_ => Make(maker)).ToArray();
        for (var i = 0; i < Packets; i++)
        {
            var (bytes, version, sender) = corpus[random.Next(corpus.Length)];
            var mutated = mutator.Mutate(bytes, corpus[random.Next(corpus.Length)].Bytes);
            if (random.Next(ChecksOnceIn) == 0)
                version = version == MqttVersion.V5 ? MqttVersion.V311 : MqttVersion.V5;
            Check(mutated, version, sender, random);
        }

        output.WriteLine($"{Packets} packets, {_accepted} accepted, {_statements.Count} statements: {string.Join(", ", _statements.Order(StringComparer.Ordinal))}");
        Assert.InRange(_accepted, Packets / 100, Packets - (Packets / 100));
        Assert.True(_statements.Count > 60, "the mutations must reach the rules");
    }

    [Fact]
    public void A_property_list_made_of_anything_is_refused_in_words_or_understood()
    {
        output.WriteLine($"EE_SEED={LongForm.Seed}");
        var random = new Random(LongForm.Seed);
        var lists = new PropertyListMaker(random);
        for (var i = 0; i < Packets / 4; i++)
        {
            var (bytes, sender) = lists.Next();
            Check(bytes, MqttVersion.V5, sender, random);
        }

        output.WriteLine($"{Packets / 4} packets, {_accepted} accepted, {_statements.Count} statements: {string.Join(", ", _statements.Order(StringComparer.Ordinal))}");
        Assert.InRange(_accepted, Packets / 100, (Packets / 4) - (Packets / 100));
    }

    private static (byte[] Bytes, MqttVersion Version, PacketSender Sender) Make(PacketMaker maker)
    {
        var (packet, version, sender) = maker.Next();
        return (AnyPacket.Format(packet, version), version, sender);
    }

    private void Check(byte[] bytes, MqttVersion version, PacketSender sender, Random random)
    {
        try
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var packet = AnyPacket.Parse(new ReadOnlySequence<byte>(bytes), version, sender, out var violation);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.True(allocated <= MemoryPerPacket + ((long)MemoryPerByte * bytes.Length), $"{allocated} bytes of memory");
            if (violation.Statement is not null)
                _statements.Add(violation.Statement);
            if (packet is not null)
                IsUnderstood(packet, version, sender);
            if (random.Next(ChecksOnceIn) == 0)
                IsTheSameElsewhere(bytes, version, sender, random, packet, violation);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Assert.Fail($"EE_SEED={LongForm.Seed} {version} {sender} {Convert.ToHexString(bytes)}: {e}");
        }
    }

    private void IsUnderstood(object packet, MqttVersion version, PacketSender sender)
    {
        _accepted++;
        var inVersion = packet is ConnectPacket connect ? connect.Version : version;
        var written = AnyPacket.Format(packet, inVersion);
        var again = AnyPacket.Parse(new ReadOnlySequence<byte>(written), inVersion, sender, out var violation);
        Assert.True(again is not null, $"what was read is refused when written: {violation}");
        Assert.True(PacketEquality.Same(packet, again), "what was read means something else when written");
    }

    // In pieces, and with other bytes behind it: nothing beyond the frame may change what it means.
    private static void IsTheSameElsewhere(
        byte[] bytes, MqttVersion version, PacketSender sender, Random random, object? packet, in ProtocolViolation violation)
    {
        var cut = random.Next(1, bytes.Length);
        Assert.Equal(packet is null, AnyPacket.Parse(Pieces.At(bytes, cut), version, sender, out var inPieces) is null);
        Assert.Equal(violation, inPieces);
        if (PacketReader.TryRead(new ReadOnlySequence<byte>(bytes), version, PacketLimits.LargestPacketBytes, out var frame, out _) != FrameStatus.Frame)
            return;
        var whole = bytes[..frame.LengthBytes];
        foreach (var behind in new byte[][] { [], [0x00, 0x00], [0xFF, 0xFF, 0xFF, 0xFF] })
        {
            var other = AnyPacket.Parse(new ReadOnlySequence<byte>((byte[])[.. whole, .. behind]), version, sender, out var otherViolation);
            Assert.Equal(violation, otherViolation);
            Assert.True(packet is null ? other is null : other is not null && PacketEquality.Same(packet, other));
        }
    }
}
