using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

/// <summary>Packets that are right but for their property list, which is put together from properties of any kind, in any number, some of them broken.</summary>
internal sealed class PropertyListMaker(Random random)
{
    private static readonly (PacketType Type, PacketSender Sender)[] Hosts =
    [
        (PacketType.Connect, PacketSender.Client), (PacketType.Connack, PacketSender.Server), (PacketType.Publish, PacketSender.Client),
        (PacketType.Publish, PacketSender.Server), (PacketType.Puback, PacketSender.Client), (PacketType.Pubrec, PacketSender.Server),
        (PacketType.Pubrel, PacketSender.Client), (PacketType.Pubcomp, PacketSender.Server), (PacketType.Subscribe, PacketSender.Client),
        (PacketType.Suback, PacketSender.Server), (PacketType.Unsubscribe, PacketSender.Client), (PacketType.Unsuback, PacketSender.Server),
        (PacketType.Disconnect, PacketSender.Client), (PacketType.Disconnect, PacketSender.Server), (PacketType.Auth, PacketSender.Client),
    ];

    public (byte[] Bytes, PacketSender Sender) Next()
    {
        var (type, sender) = Hosts[random.Next(Hosts.Length)];
        var inWill = type == PacketType.Connect && random.Next(2) == 0;
        var list = List(inWill ? PropertyPlaces.Will : (PropertyPlaces)(1 << (int)type));
        var first = (byte)(((int)type << 4) | PacketReader.ReservedFlags(type));
        return (Wire.Packet(first, Body(type, list, inWill)), sender);
    }

    private static byte[] Body(PacketType type, byte[] list, bool inWill) => type switch
    {
        PacketType.Connect when inWill => [.. Wire.Bytes("00 04 'MQTT' 05 06 00 00 00 00 00"), .. list, .. Wire.Bytes("00 01 'w' 00 00")],
        PacketType.Connect => [.. Wire.Bytes("00 04 'MQTT' 05 02 00 00"), .. list, 0, 0],
        PacketType.Connack => [0, 0, .. list],
        PacketType.Publish => [.. Wire.Bytes("00 01 't'"), .. list, 1, 2],
        PacketType.Subscribe => [0, 1, .. list, .. Wire.Bytes("00 01 'f' 01")],
        PacketType.Unsubscribe => [0, 1, .. list, .. Wire.Bytes("00 01 'f'")],
        PacketType.Suback or PacketType.Unsuback => [0, 1, .. list, 0],
        PacketType.Disconnect or PacketType.Auth => [0, .. list],
        _ => [0, 1, 0, .. list],
    };

    private byte[] List(PropertyPlaces place)
    {
        var list = new List<byte>();
        for (var count = random.Next(6); count > 0; count--)
            AddProperty(list, place);
        var length = list.Count + (random.Next(16) == 0 ? random.Next(-2, 3) : 0);
        Span<byte> prefix = stackalloc byte[VariableInteger.LargestBytes];
        return [.. prefix[..VariableInteger.Write(prefix, (uint)Math.Max(0, length))], .. list];
    }

    private void AddProperty(List<byte> list, PropertyPlaces place)
    {
        var id = (uint)random.Next(0x2C);
        for (var tries = 0; tries < 200 && random.Next(64) > 0 && (PropertyTable.Of(id).Places & place) == 0; tries++)
            id = (uint)random.Next(0x2C);
        list.Add((byte)id);
        var broken = random.Next(24) == 0;
        switch (PropertyTable.Of(id).Kind)
        {
            case PropertyKind.Flag:
                list.Add((byte)random.Next(broken ? 256 : 2));
                break;
            case PropertyKind.UInt16:
                list.AddRange([(byte)random.Next(broken ? 1 : 256), (byte)random.Next(broken ? 1 : 256)]);
                break;
            case PropertyKind.UInt32:
                list.AddRange([0, 0, (byte)random.Next(broken ? 1 : 256), (byte)random.Next(broken ? 1 : 256)]);
                break;
            case PropertyKind.VariableInteger:
                list.AddRange(broken ? [0x80, (byte)random.Next(2)] : [(byte)random.Next(1, 128)]);
                break;
            case PropertyKind.TextPair:
                AddText(list, broken);
                AddText(list, broken);
                break;
            default:
                AddText(list, broken);
                break;
        }
    }

    private void AddText(List<byte> list, bool broken)
    {
        var text = new byte[random.Next(1, 5)];
        foreach (ref var character in text.AsSpan())
            character = (byte)(broken ? random.Next(256) : random.Next('a', 'z'));
        list.AddRange([0, (byte)(text.Length + (broken ? random.Next(-1, 2) : 0)), .. text]);
    }
}
