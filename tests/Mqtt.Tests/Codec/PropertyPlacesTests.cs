using System.Buffers;
using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

/// <summary>Every property in every place, against table 2-4 of 5.0 copied by hand.</summary>
public sealed class PropertyPlacesTests
{
    private static readonly Dictionary<byte, (string Value, string Places)> Table = new()
    {
        [0x01] = ("01", "PUBLISH Will"),
        [0x02] = ("00 00 00 01", "PUBLISH Will"),
        [0x03] = ("00 01 'a'", "PUBLISH Will"),
        [0x08] = ("00 01 'a'", "PUBLISH Will"),
        [0x09] = ("00 01 'a'", "PUBLISH Will"),
        [0x0B] = ("01", "PUBLISH SUBSCRIBE"),
        [0x11] = ("00 00 00 01", "CONNECT CONNACK DISCONNECT"),
        [0x12] = ("00 01 'a'", "CONNACK"),
        [0x13] = ("00 01", "CONNACK"),
        [0x15] = ("00 01 'a'", "CONNECT CONNACK AUTH"),
        [0x16] = ("00 01 'a'", "CONNECT CONNACK AUTH"),
        [0x17] = ("01", "CONNECT"),
        [0x18] = ("00 00 00 01", "Will"),
        [0x19] = ("01", "CONNECT"),
        [0x1A] = ("00 01 'a'", "CONNACK"),
        [0x1C] = ("00 01 'a'", "CONNACK DISCONNECT"),
        [0x1F] = ("00 01 'a'", "CONNACK PUBACK PUBREC PUBREL PUBCOMP SUBACK UNSUBACK DISCONNECT AUTH"),
        [0x21] = ("00 01", "CONNECT CONNACK"),
        [0x22] = ("00 01", "CONNECT CONNACK"),
        [0x23] = ("00 01", "PUBLISH"),
        [0x24] = ("01", "CONNACK"),
        [0x25] = ("01", "CONNACK"),
        [0x26] = ("00 01 'a' 00 01 'b'", "CONNECT CONNACK PUBLISH Will PUBACK PUBREC PUBREL PUBCOMP SUBSCRIBE SUBACK UNSUBSCRIBE UNSUBACK DISCONNECT AUTH"),
        [0x27] = ("00 00 00 01", "CONNECT CONNACK"),
        [0x28] = ("01", "CONNACK"),
        [0x29] = ("01", "CONNACK"),
        [0x2A] = ("01", "CONNACK"),
    };

    private static readonly PropertyPlaces[] Places =
    [
        .. Enumerable.Range((int)PacketType.Connect, (int)PacketType.Auth).Select(type => (PropertyPlaces)(1 << type)),
        PropertyPlaces.Will,
    ];

    [Fact]
    public void A_property_stands_only_where_the_table_has_it()
    {
        for (var id = 0; id < 256; id++)
        {
            var known = Table.TryGetValue((byte)id, out var row);
            var bytes = Wire.Bytes((id < 0x80 ? $"{id:X2} " : $"{(id & 0x7F) | 0x80:X2} 01 ") + (known ? row.Value : "01"));
            foreach (var place in Places)
            {
                var cursor = new PropertyCursor(new ReadOnlySequence<byte>(bytes), place);
                var expected = known && row.Places.Split(' ').Contains(place.ToString(), StringComparer.OrdinalIgnoreCase);

                Assert.True(expected == cursor.MoveNext(), $"property {id:X2} in {place}");
                Assert.Equal(!expected, cursor.Failed);
            }
        }
    }

    [Fact]
    public void All_but_user_properties_and_the_identifiers_of_a_publish_come_once()
    {
        foreach (var (id, row) in Table)
        {
            var once = Wire.Bytes($"{id:X2} {row.Value}");
            byte[] twice = [.. once, .. once];
            foreach (var place in Places.Where(place => row.Places.Split(' ').Contains(place.ToString(), StringComparer.OrdinalIgnoreCase)))
            {
                var cursor = new PropertyCursor(new ReadOnlySequence<byte>(twice), place);
                var mayRepeat = id == 0x26 || (id == 0x0B && place == PropertyPlaces.Publish);

                Assert.True(cursor.MoveNext());
                Assert.True(mayRepeat == cursor.MoveNext(), $"property {id:X2} twice in {place}");
                Assert.Equal(mayRepeat ? null : (ReasonCode?)ReasonCode.ProtocolError, cursor.Failed ? cursor.Violation.Reason : null);
            }
        }
    }
}
