using System.Buffers;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>PUBLISH alone has a payload that is worth not copying twice: it goes from the message into the output in one step.</summary>
internal static class PublishFormatter
{
    // A payload up to here shares one piece of memory with its header; a pipe's pieces are 4 KiB.
    private const int OnePieceBytes = 2048;

    public static int Write(
        IBufferWriter<byte> output, MqttVersion version, ApplicationMessage message, in PublishForm form, int maximumPacketBytes)
    {
        if (form.QoS != QoS.AtMostOnce)
            ArgumentOutOfRangeException.ThrowIfZero(form.PacketId, nameof(form));
        if (form is { OmitTopic: true, TopicAlias: 0 } && version == MqttVersion.V5)
            throw new ArgumentException("without a topic there must be an alias", nameof(form));

        var body = new PublishBody(message, form, version);
        var (propertyBytes, headerBytes) = BodyFormatter.Count(body, AnswerParts.All);
        var payload = message.Payload.Span;
        var remaining = headerBytes + payload.Length;
        if (remaining > PacketLimits.LargestRemainingLength)
            return 0;
        var packetBytes = 1 + VariableInteger.LengthOf((uint)remaining) + (int)remaining;
        if (packetBytes > maximumPacketBytes)
            return 0;

        var inOnePiece = payload.Length <= OnePieceBytes;
        var pieceBytes = inOnePiece ? packetBytes : packetBytes - payload.Length;
        var target = output.GetSpan(pieceBytes)[..pieceBytes];
        var sink = new SpanSink(target);
        sink.Byte(body.FirstByte);
        sink.VariableInteger((uint)remaining);
        body.Fields(ref sink, AnswerParts.All, propertyBytes);
        if (inOnePiece)
            payload.CopyTo(target[sink.Written..]);
        output.Advance(pieceBytes);
        if (!inOnePiece)
            output.Write(payload);
        return packetBytes;
    }
}
