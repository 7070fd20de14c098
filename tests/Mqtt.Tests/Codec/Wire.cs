using System.Globalization;
using System.Text;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

/// <summary>
/// Packets as they stand on the wire, written by hand: hexadecimal bytes with spaces and | where they help the eye, text in 'quotes' as its bytes.
/// </summary>
internal static class Wire
{
    public static byte[] Bytes(string text)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is ' ' or '|')
            {
                at++;
            }
            else if (text[at] == '\'')
            {
                var end = text.IndexOf('\'', at + 1);
                bytes.AddRange(Encoding.UTF8.GetBytes(text[(at + 1)..end]));
                at = end + 1;
            }
            else
            {
                bytes.Add(byte.Parse(text.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                at += 2;
            }
        }

        return [.. bytes];
    }

    /// <summary>A packet whose length is counted: for bodies that are wrong in another way.</summary>
    public static byte[] Packet(byte first, byte[] body)
    {
        var bytes = new List<byte> { first };
        for (var rest = body.Length; ; rest >>= 7)
        {
            bytes.Add((byte)(rest > 0x7F ? (rest & 0x7F) | 0x80 : rest));
            if (rest <= 0x7F)
                break;
        }

        bytes.AddRange(body);
        return [.. bytes];
    }

    public static byte[] Packet(byte first, string body) => Packet(first, Bytes(body));
}
