using System.Buffers;
using Grpc.Core;

namespace Grpc.Framing;

/// <summary>One message's bytes, lent to a deserializer while it runs.</summary>
internal sealed class FramePayload : DeserializationContext
{
    private ReadOnlySequence<byte> _payload;

    public override int PayloadLength => (int)_payload.Length;

    public void Set(ReadOnlySequence<byte> payload) => _payload = payload;

    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;
}
