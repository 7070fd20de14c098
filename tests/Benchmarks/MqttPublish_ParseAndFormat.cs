using System.Buffers;
using BenchmarkDotNet.Attributes;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Benchmarks;

/// <summary>What does the codec cost for a PUBLISH of 200 B at QoS 1 and its PUBACK, and does it allocate?</summary>
[InProcess]
[WarmupCount(2)]
[IterationCount(5)]
[MemoryDiagnoser]
public class MqttPublish_ParseAndFormat
{
    private const int PayloadBytes = 200;
    private const string Topic = "ee/v1/dock-0017/up";

    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private readonly ApplicationMessage _message = new() { Topic = Topic, Payload = new byte[PayloadBytes], QoS = QoS.AtLeastOnce };
    private readonly ApplicationMessage _rich = new()
    {
        Topic = Topic,
        Payload = new byte[PayloadBytes],
        QoS = QoS.AtLeastOnce,
        ContentType = "application/x-record",
        UserProperties = [new("class", "P2"), new("epoch", "17")],
    };

    private ReadOnlySequence<byte> _plain3;
    private ReadOnlySequence<byte> _plain5;
    private ReadOnlySequence<byte> _rich5;
    private ReadOnlySequence<byte> _split5;
    private ReadOnlySequence<byte> _puback;

    [GlobalSetup]
    public void WritePackets()
    {
        _plain3 = new(Publish(MqttVersion.V311, _message));
        _plain5 = new(Publish(MqttVersion.V5, _message));
        _rich5 = new(Publish(MqttVersion.V5, _rich));
        _split5 = Split(Publish(MqttVersion.V5, _message), at: 12);
        _output.ResetWrittenCount();
        PacketFormatter.WriteAck(_output, MqttVersion.V5, new AckPacket(PacketType.Puback, 7));
        _puback = new(_output.WrittenSpan.ToArray());
    }

    [Benchmark(Baseline = true, Description = "parse PUBLISH 3.1.1")]
    public int Parse3() => Parse(_plain3, MqttVersion.V311);

    [Benchmark(Description = "parse PUBLISH 5.0, no properties")]
    public int Parse5() => Parse(_plain5, MqttVersion.V5);

    [Benchmark(Description = "parse PUBLISH 5.0, three properties")]
    public int ParseRich() => Parse(_rich5, MqttVersion.V5);

    [Benchmark(Description = "parse PUBLISH 5.0 cut inside the topic")]
    public int ParseSplit() => Parse(_split5, MqttVersion.V5);

    [Benchmark(Description = "parse PUBACK")]
    public int ParseAck()
    {
        PacketReader.TryRead(_puback, MqttVersion.V5, 1024, out var frame, out _);
        return AckParser.TryParse(frame, MqttVersion.V5, out var packet, out _) ? packet.PacketId : throw new InvalidOperationException();
    }

    [Benchmark(Description = "format PUBLISH 5.0, no properties")]
    public int Format() => Format(_message);

    [Benchmark(Description = "format PUBLISH 5.0, three properties")]
    public int FormatRich() => Format(_rich);

    [Benchmark(Description = "format PUBACK")]
    public int FormatAck()
    {
        _output.ResetWrittenCount();
        return PacketFormatter.WriteAck(_output, MqttVersion.V5, new AckPacket(PacketType.Puback, 7));
    }

    private static int Parse(in ReadOnlySequence<byte> buffer, MqttVersion version)
    {
        if (PacketReader.TryRead(buffer, version, 1024, out var frame, out _) != FrameStatus.Frame
            || !PublishParser.TryParse(frame, version, PacketSender.Client, out var packet, out _)
            || packet.Payload.Length != PayloadBytes)
        {
            throw new InvalidOperationException("not the packet that was written");
        }

        return packet.PacketId;
    }

    private int Format(ApplicationMessage message)
    {
        _output.ResetWrittenCount();
        return PacketFormatter.WritePublish(_output, MqttVersion.V5, message, new PublishForm(QoS.AtLeastOnce, PacketId: 7));
    }

    private byte[] Publish(MqttVersion version, ApplicationMessage message)
    {
        _output.ResetWrittenCount();
        PacketFormatter.WritePublish(_output, version, message, new PublishForm(QoS.AtLeastOnce, PacketId: 7));
        return _output.WrittenSpan.ToArray();
    }

    private static ReadOnlySequence<byte> Split(byte[] bytes, int at)
    {
        var second = new Segment(bytes.AsMemory(at), at, null);
        return new ReadOnlySequence<byte>(new Segment(bytes.AsMemory(0, at), 0, second), 0, second, second.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long start, Segment? next) => (Memory, RunningIndex, Next) = (memory, start, next);
    }
}
