namespace EdgeEnforcement.Mqtt.Tests.Codec;

/// <summary>
/// Makes a packet wrong in ways that wire formats are wrong: bits, lengths, pieces lost, doubled or taken from another packet. Mostly the outer length
/// is put right afterwards, or no mutation would get past the fixed header.
/// </summary>
internal sealed class Mutator(Random random)
{
    private static readonly byte[] Telling = [0x00, 0x01, 0x02, 0x03, 0x7F, 0x80, 0x81, 0xC0, 0xED, 0xFF, (byte)'#', (byte)'+', (byte)'/', (byte)'$'];

    // Length fields, property ids and their neighbours are in the first bytes of most packets.
    private const int HeadBytes = 24;

    public byte[] Mutate(byte[] packet, byte[] other)
    {
        var headerBytes = 1;
        while (headerBytes < packet.Length && (packet[headerBytes] & 0x80) != 0)
            headerBytes++;
        var body = packet[Math.Min(packet.Length, headerBytes + 1)..].ToList();
        var first = packet[0];
        for (var changes = 1 + random.Next(3); changes > 0; changes--)
            Change(body, other);
        if (random.Next(16) == 0)
            first ^= (byte)(1 << random.Next(8));
        var mutated = Wire.Packet(first, [.. body]);
        if (random.Next(8) == 0)
            mutated[1 + random.Next(Math.Min(4, mutated.Length - 1))] ^= (byte)(1 << random.Next(8));
        return mutated;
    }

    private void Change(List<byte> body, byte[] other)
    {
        var at = random.Next(random.Next(3) > 0 ? Math.Min(HeadBytes, body.Count + 1) : body.Count + 1);
        var count = random.Next(1, 9);
        switch (random.Next(7))
        {
            case 0 when at < body.Count:
                body[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < body.Count:
                body[at] = Telling[random.Next(Telling.Length)];
                break;
            case 2 when at < body.Count:
                body[at] += (byte)(random.Next(2) == 0 ? 1 : 0xFF);
                break;
            case 3 when at < body.Count:
                body.RemoveRange(at, Math.Min(count, body.Count - at));
                break;
            case 4:
                body.InsertRange(at, body.GetRange(at, Math.Min(count, body.Count - at)));
                break;
            case 5:
                var from = random.Next(other.Length);
                body.InsertRange(at, other[from..Math.Min(other.Length, from + count)]);
                break;
            default:
                body.Insert(at, Telling[random.Next(Telling.Length)]);
                break;
        }
    }
}
