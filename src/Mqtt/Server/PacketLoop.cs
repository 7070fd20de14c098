using System.Buffers;
using System.IO.Pipelines;
using EdgeEnforcement.Mqtt.Codec;
using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>
/// The reading loop after CONNECT: packets one after another, in order, until the client leaves, breaks a rule or is told to go. It does not
/// wait for decisions, except where the next packet may depend on them; it waits for room in the order of answers, and then nothing is
/// read and TCP holds the sender.
/// </summary>
internal sealed class PacketLoop(
    MqttServerParts parts, ConnectionTerms terms, PublishHandler publishes, ConnectionFate fate, KeepAliveClock clock, WritingLoop writing)
{
    private readonly SubscriptionHandler _subscriptions = new(parts, terms, writing.Answers);
    private readonly AnswerQueue _answers = writing.Answers;

    /// <summary>Session Expiry Interval of DISCONNECT, if it set one.</summary>
    public uint? NewExpirySeconds { get; private set; }

    public async Task RunAsync(PipeReader input, CancellationToken cancellation)
    {
        while (!fate.IsEnding)
        {
            var result = await input.ReadAsync(CancellationToken.None);
            var buffer = result.Buffer;
            try
            {
                buffer = await ReadAsync(buffer, cancellation);
            }
            finally
            {
                input.AdvanceTo(buffer.Start, buffer.End);
            }
            if (result.IsCanceled)
                continue; // told to end: the condition says so
            if (result.IsCompleted)
                fate.End(ConnectionEnd.Lost);
        }
    }

    /// Returns what is left: the beginning of a packet.
    private async ValueTask<ReadOnlySequence<byte>> ReadAsync(ReadOnlySequence<byte> buffer, CancellationToken cancellation)
    {
        var count = 0;
        while (!fate.IsEnding)
        {
            var status = PacketReader.TryRead(buffer, terms.Version, parts.Options.MaximumPacketBytes, out var frame, out var violation);
            if (status == FrameStatus.Violation)
                fate.End(violation);
            if (status != FrameStatus.Frame)
                break;
            if (_answers.IsFull)
                await WaitForRoomAsync(cancellation);
            var handled = HandleAsync(frame, cancellation);
            if (!handled.IsCompletedSuccessfully)
                await WaitAsync(handled);
            buffer = buffer.Slice(frame.End);
            count++;
        }
        if (count > 0)
        {
            clock.Heard();
            parts.Metrics.Received(count);
        }
        return buffer;
    }

    private async ValueTask WaitForRoomAsync(CancellationToken cancellation)
    {
        clock.Pause();
        await _answers.WaitForRoomAsync(cancellation);
        clock.Resume();
    }

    private async ValueTask WaitAsync(ValueTask handled)
    {
        clock.Pause();
        await handled;
        clock.Resume();
    }

    private ValueTask HandleAsync(in PacketFrame frame, CancellationToken cancellation)
    {
        switch (frame.Type)
        {
            case PacketType.Publish:
                if (PublishParser.TryParse(frame, terms.Version, PacketSender.Client, out var publish, out var violation))
                    return publishes.PublishAsync(publish, cancellation);
                return Violation(violation);
            case PacketType.Puback or PacketType.Pubrec or PacketType.Pubcomp or PacketType.Pubrel:
                return HandleAnswerAsync(frame, cancellation);
            case PacketType.Subscribe:
                return SubscribeParser.TryParse(frame, terms.Version, out var subscribe, out violation)
                    ? _subscriptions.SubscribeAsync(subscribe, cancellation)
                    : Violation(violation);
            case PacketType.Unsubscribe:
                return UnsubscribeParser.TryParse(frame, terms.Version, out var unsubscribe, out violation)
                    ? _subscriptions.UnsubscribeAsync(unsubscribe, cancellation)
                    : Violation(violation);
            case PacketType.Pingreq:
                writing.Ping();
                return ValueTask.CompletedTask;
            case PacketType.Disconnect:
                return Disconnect(frame);
            case PacketType.Connect:
                return Violation(new ProtocolViolation(ReasonCode.ProtocolError, terms.IsV5 ? "MQTT5-3.1.0-2" : "MQTT3-3.1.0-2", "a second CONNECT"));
            case PacketType.Auth:
                return Violation(new ProtocolViolation(ReasonCode.ProtocolError, "MQTT5-4.12.0-6", "AUTH without an authentication method"));
            case PacketType.Connack or PacketType.Suback or PacketType.Unsuback or PacketType.Pingresp:
                return Violation(new ProtocolViolation(ReasonCode.ProtocolError, "MQTT5-4.13.1-1", "a packet that only servers send"));
            default:
                return Violation(new ProtocolViolation(ReasonCode.MalformedPacket, "MQTT5-4.13.1-1", "no such packet"));
        }
    }

    private ValueTask HandleAnswerAsync(in PacketFrame frame, CancellationToken cancellation)
    {
        if (!AckParser.TryParse(frame, terms.Version, out var ack, out var violation))
            return Violation(violation);
        switch (ack.Type)
        {
            case PacketType.Pubrel:
                publishes.Release(ack.PacketId, cancellation);
                return ValueTask.CompletedTask;
            case PacketType.Puback:
                return parts.Broker.AnsweredAsync(terms.Session, ack.PacketId, AnswerKind.Puback, ack.Reason, cancellation);
            case PacketType.Pubrec:
                return parts.Broker.AnsweredAsync(terms.Session, ack.PacketId, AnswerKind.Pubrec, ack.Reason, cancellation);
            default:
                return parts.Broker.AnsweredAsync(terms.Session, ack.PacketId, AnswerKind.Pubcomp, ack.Reason, cancellation);
        }
    }

    private ValueTask Disconnect(in PacketFrame frame)
    {
        if (!DisconnectParser.TryParse(frame, terms.Version, PacketSender.Client, out var packet, out var violation))
            return Violation(violation);
        if (packet.SessionExpirySeconds > 0 && terms.AskedExpirySeconds == 0)
            return Violation(new ProtocolViolation(ReasonCode.ProtocolError, "MQTT5 3.14.2.2.2", "a session that was to end with the connection cannot be given time at its end"));
        NewExpirySeconds = packet.SessionExpirySeconds;
        fate.End(packet.Reason == ReasonCode.Success ? ConnectionEnd.Left : ConnectionEnd.LeftWithWill);
        return ValueTask.CompletedTask;
    }

    private ValueTask Violation(in ProtocolViolation violation)
    {
        fate.End(violation);
        return ValueTask.CompletedTask;
    }
}
