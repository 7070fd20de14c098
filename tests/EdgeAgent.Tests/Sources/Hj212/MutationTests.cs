using System.Globalization;
using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Sources.Framing;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Readings;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

/// <summary>Frames that were damaged at random: nothing throws, and nothing is taken whose length or check sum does not fit.</summary>
public sealed class MutationTests
{
    private const int Mutants = 100_000;
    private const int StreamsOf = 50;

    [Fact]
    public async Task A_hundred_thousand_mutated_frames_never_throw_and_never_pass_with_a_wrong_length()
    {
        var seed = LongForm.Seed;
        var random = new Random(seed);
        var originals = Vectors.Good.Values.Select(v => Vectors.Bytes(v)).Append([.. Convert.FromHexString(Vectors.EncryptedHex), .. "\r\n"u8]).ToArray();
        int taken = 0, refused = 0;
        for (var stream = 0; stream < Mutants / StreamsOf; stream++)
        {
            var bytes = Enumerable.Range(0, StreamsOf).SelectMany(_ => Mutate(originals[random.Next(originals.Length)], random)).ToArray();
            var received = await WireKit.ReadAllAsync(bytes);

            // Padding (line ends between frames) is all that may be missing.
            Assert.InRange(received.Sum(r => r.Length), bytes.Length - bytes.Count(b => b is (byte)'\r' or (byte)'\n'), bytes.Length);
            foreach (var r in received)
                if (r.Kind == ReceivedKind.Frame)
                {
                    taken++;
                    Check(r.Bytes, seed);
                }
                else
                {
                    refused++;
                }
        }
        Assert.True(taken > 1000 && refused > 1000, $"taken {taken}, refused {refused}, seed {seed}");
    }

    private static void Check(byte[] frame, int seed)
    {
        var text = Encoding.Latin1.GetString(frame).TrimEnd('\r', '\n');
        var digits = char.IsAsciiLetterUpper(text[5]) ? 3 : 4;
        var length = int.Parse(text.AsSpan(2, digits), NumberStyles.None, CultureInfo.InvariantCulture);
        Assert.True(text.Length == 2 + digits + length + 4, $"length {length} of {text} (seed {seed})");
        if (!Hj212Parser.TryParse(frame, out var message, out _))
            return;
        var crc = Hj212Crc.Compute(frame.AsSpan(2 + digits, length)).ToString("X4", CultureInfo.InvariantCulture);
        Assert.True(message.IsEncrypted || string.Equals(crc, text[^4..], StringComparison.OrdinalIgnoreCase), $"{text} (seed {seed})");
        ReadingMapper.Add(message, null, isRecalled: false, new List<Reading>(), new List<string>());
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var n = random.Next(4); n > 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.Insert(at, (byte)random.Next(256)); break;
                case 3 when bytes.Count > 1: bytes.RemoveAt(at); break;
                case 4: bytes.RemoveRange(at, Math.Min(random.Next(30), bytes.Count - at)); if (bytes.Count == 0) bytes.Add(0); break;
                default: bytes.InsertRange(at, "##0087"u8.ToArray()); break;
            }
        }
        return [.. bytes];
    }
}
