using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using EdgeEnforcement.Mqtt.Codec;
using EdgeEnforcement.Mqtt.Tests.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Client;

/// <summary>One accepted connection: reads what the client wrote, writes what the test says.</summary>
internal sealed class ServerLink(TcpClient client, MqttVersion version) : IDisposable
{
    private readonly PipeReader _input = PipeReader.Create(client.GetStream());

    public async Task<T> ReadAsync<T>()
    {
        var packet = await ReadAsync();
        return packet is T expected ? expected : throw new InvalidOperationException($"expected {typeof(T).Name}, got {packet ?? "the end"}");
    }

    /// <summary>Null: the client closed the connection.</summary>
    public async Task<object?> ReadAsync()
    {
        while (true)
        {
            var read = await _input.ReadAsync(TestContext.Current.CancellationToken);
            if (TryTake(read.Buffer, out var packet, out var end))
            {
                _input.AdvanceTo(end);
                return packet;
            }
            _input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
                return null;
        }
    }

    public async Task WriteAsync(params object[] packets)
    {
        foreach (var packet in packets)
            await client.GetStream().WriteAsync(packet as byte[] ?? AnyPacket.Format(packet, version), TestContext.Current.CancellationToken);
    }

    /// <summary>CONNECT is read and answered.</summary>
    public async Task<ConnectPacket> WelcomeAsync(ConnackPacket? answer = null)
    {
        var connect = await ReadAsync<ConnectPacket>();
        await WriteAsync(answer ?? new ConnackPacket { Reason = ReasonCode.Success });
        return connect;
    }

    public static PublishCopy Publish(string topic, QoS qos, ushort packetId = 0, bool isDuplicate = false) =>
        new(new ApplicationMessage { Topic = topic, QoS = qos }, new PublishForm(qos, PacketId: packetId, IsDuplicate: isDuplicate));

    public void Dispose() => client.Dispose();

    private bool TryTake(in ReadOnlySequence<byte> buffer, out object? packet, out SequencePosition end)
    {
        (packet, end) = (null, default);
        if (PacketReader.TryRead(buffer, version, PacketLimits.LargestPacketBytes, out var frame, out var broken) == FrameStatus.NeedMore)
            return false;
        packet = AnyPacket.Parse(buffer.Slice(0, frame.End), version, PacketSender.Client, out var violation);
        Assert.True(packet is not null, $"the client broke the protocol: {broken} {violation}");
        end = frame.End;
        return true;
    }
}
