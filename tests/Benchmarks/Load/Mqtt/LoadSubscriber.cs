using System.Buffers.Binary;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>Subscribes to everything the publishers send, counts what comes and how old it is, acknowledges QoS 1.</summary>
internal sealed class LoadSubscriber : LoadConnection
{
    private readonly LatencyHistogram _ages;
    private long _target;
    private long _received;

    public LoadSubscriber(MqttLoadOptions options, int number, LatencyHistogram ages)
        : base(options, $"bench-sub-{number}", 64 * 1024)
    {
        _ages = ages;
        Subscribe(options.Topic.Replace("{n}", "+", StringComparison.Ordinal), options.SubscriberQos);
    }

    public override bool IsDone => _received >= _target;

    public long Received => _received;

    public void Begin(long messages) => (_target, _received) = (messages, 0);

    public override void Send(long now) => Flush();

    protected override void Take(byte header, ReadOnlySpan<byte> body, long now)
    {
        if ((header & 0xF0) != 0x30)
            return;
        var at = 2 + BinaryPrimitives.ReadUInt16BigEndian(body);
        if ((header & 0x06) != 0)
        {
            if (Room.Length < 4)
                throw new InvalidOperationException("the server reads no acknowledgements");
            Room[0] = 0x40;
            Room[1] = 2;
            body.Slice(at, 2).CopyTo(Room[2..]);
            Written(4);
            at += 2;
        }
        if (Options.Version >= 5)
            at += 1 + body[at]; // our messages carry none, a server adds a few bytes at most
        _ages.Add(now - BinaryPrimitives.ReadInt64LittleEndian(body[at..]));
        _received++;
    }
}
