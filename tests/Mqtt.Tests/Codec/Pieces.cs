using System.Buffers;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

/// <summary>The same bytes as a sequence of many segments.</summary>
internal static class Pieces
{
    public static ReadOnlySequence<byte> Whole(byte[] bytes) => new(bytes);

    public static ReadOnlySequence<byte> OneByteEach(byte[] bytes) => At(bytes, [.. Enumerable.Range(1, Math.Max(0, bytes.Length - 1))]);

    /// <summary>Cut before each of the places, which ascend. Every piece is an array of its own: reading past its end would be seen.</summary>
    public static ReadOnlySequence<byte> At(byte[] bytes, params int[] places)
    {
        var first = new Segment(bytes[..(places.Length > 0 ? places[0] : bytes.Length)]);
        var last = first;
        for (var i = 0; i < places.Length; i++)
            last = last.Append(bytes[places[i]..(i + 1 < places.Length ? places[i + 1] : bytes.Length)]);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes) => Memory = bytes;

        public Segment Append(byte[] bytes)
        {
            var next = new Segment(bytes) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
