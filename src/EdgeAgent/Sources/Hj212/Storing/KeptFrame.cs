using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Storing;

/// A frame on its way into a record, as it was received.
internal readonly record struct KeptFrame(byte[] Bytes, DateTimeOffset ReceivedAt, string Remote, IReadOnlyCollection<string> Warnings)
{
    /// Frames one after the other and where each lies; a record's raw bytes and their description belong together.
    public static ByteString Join(IReadOnlyList<KeptFrame> frames, RepeatedField<RawFrame> places)
    {
        var offset = 0;
        foreach (var frame in frames)
        {
            var place = new RawFrame
            {
                Offset = (uint)offset,
                Length = (uint)frame.Bytes.Length,
                Sha256 = UnsafeByteOperations.UnsafeWrap(SHA256.HashData(frame.Bytes)),
                ReceivedAt = Timestamp.FromDateTimeOffset(frame.ReceivedAt),
                Remote = frame.Remote,
            };
            place.Warnings.AddRange(frame.Warnings);
            places.Add(place);
            offset += frame.Bytes.Length;
        }
        // The bytes are the receiver's own and nobody writes to them again.
        return UnsafeByteOperations.UnsafeWrap(frames.Count == 1 ? frames[0].Bytes : [.. frames.SelectMany(f => f.Bytes)]);
    }
}
