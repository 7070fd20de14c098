using System.Buffers;
using System.IO.Pipelines;
using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Client;

/// <summary>CONNECT and its answer, which is the first packet from the server (MQTT5-3.2.0-1).</summary>
internal static class ClientHandshake
{
    public static async Task<ConnectionTerms> RunAsync(
        MqttClientOptions options, bool cleanStart, Stream stream, PipeReader input, CancellationToken cancellation)
    {
        var connect = new ArrayBufferWriter<byte>();
        PacketFormatter.WriteConnect(connect, Connect(options, cleanStart));
        await stream.WriteAsync(connect.WrittenMemory, cancellation);
        await stream.FlushAsync(cancellation);
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            if (TryTake(options, read.Buffer, out var connack, out var end))
            {
                input.AdvanceTo(end);
                return Judge(options, cleanStart, connack!);
            }
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
                throw new MqttDisconnectedException(DisconnectKind.ConnectionLost, ReasonCode.Success, "the server closed the connection before it answered CONNECT");
        }
    }

    private static ConnectPacket Connect(MqttClientOptions options, bool cleanStart) => new()
    {
        Version = options.Version,
        ClientId = options.ClientId,
        CleanStart = cleanStart,
        KeepAliveSeconds = options.KeepAliveSeconds,
        UserName = options.UserName,
        Password = options.Password,
        Will = options.Will,
        SessionExpirySeconds = options.SessionExpirySeconds,
        ReceiveMaximum = options.ReceiveMaximum,
        MaximumPacketBytes = (uint)options.MaximumPacketBytes,
    };

    private static bool TryTake(MqttClientOptions options, in ReadOnlySequence<byte> buffer, out ConnackPacket? connack, out SequencePosition end)
    {
        (connack, end) = (null, default);
        var status = PacketReader.TryRead(buffer, options.Version, options.MaximumPacketBytes, out var frame, out var violation);
        if (status == FrameStatus.NeedMore)
            return false;
        if (status == FrameStatus.Frame && frame.Type != PacketType.Connack)
            violation = new ProtocolViolation(ReasonCode.ProtocolError, "MQTT5-3.2.0-1", $"{frame.Type} came before CONNACK");
        else if (status == FrameStatus.Frame && ConnackParser.TryParse(frame, options.Version, out connack, out violation))
            return (end = frame.End) is { };
        throw new MqttDisconnectedException(DisconnectKind.ProtocolViolation, violation.Reason, $"{violation.Detail} [{violation.Statement}]");
    }

    private static ConnectionTerms Judge(MqttClientOptions options, bool cleanStart, ConnackPacket connack)
    {
        if (connack.Reason != ReasonCode.Success)
            throw new MqttDisconnectedException(DisconnectKind.Refused, connack.Reason, connack.ReasonString ?? "the server refused the connection");
        return connack.SessionPresent && cleanStart
            ? throw new MqttDisconnectedException(
                DisconnectKind.ProtocolViolation, ReasonCode.ProtocolError, "the server has a session where a new one was asked for [MQTT5-3.2.2-2]")
            : ConnectionTerms.From(options, connack);
    }
}
