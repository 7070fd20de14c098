using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.Mqtt.Sessions;

public sealed class BrokerOptions
{
    public const string Section = "Mqtt:Broker";

    /// <summary>Waiting and unanswered QoS 1 and 2 messages of one session. 10,000: a night of one message each 3 s.</summary>
    [Range(1, 1_000_000)]
    public int MaximumQueuedCount { get; set; } = 10_000;

    /// <summary>The same in bytes of topic, payload and properties. 64 MiB: the count above with 6 KiB each.</summary>
    [Range(1_024, 4L << 30)]
    public long MaximumQueuedBytes { get; set; } = 64L << 20;

    /// <summary>Topic, payload and properties of one message. 256 KiB is the largest the doors can be configured to take.</summary>
    [Range(1_024, 8 << 20)]
    public int MaximumMessageBytes { get; set; } = 256 << 10;

    /// <summary>Sessions online and offline. 100,000 persistent ones at 20 KB are 2 GB.</summary>
    [Range(1, 10_000_000)]
    public int MaximumSessions { get; set; } = 100_000;

    /// <summary>Ten times what any client in the field asks for.</summary>
    [Range(1, 100_000)]
    public int MaximumSubscriptionsPerSession { get; set; } = 1_000;

    [Range(0, 10_000_000)]
    public int MaximumRetainedCount { get; set; } = 100_000;

    [Range(0, 16L << 30)]
    public long MaximumRetainedBytes { get; set; } = 256L << 20;

    /// <summary>A longer wish is granted this; 0xFFFFFFFF (never) is the default, for 3.1.1 clients expect it.</summary>
    public uint MaximumSessionExpirySeconds { get; set; } = uint.MaxValue;

    /// <summary>Commands waiting for the broker's thread; a caller that finds it full waits.</summary>
    [Range(1, 1 << 20)]
    public int CommandCapacity { get; set; } = 16_384;

    /// <summary>Snapshot when the log since the last one is longer than this and than twice the last snapshot.</summary>
    [Range(4_096, 16L << 30)]
    public long SnapshotTailBytes { get; set; } = 64L << 20;

    /// <summary>Whole segments are deleted after a snapshot: smaller ones give their room back sooner.</summary>
    [Range(256, 1L << 30)]
    public long SegmentBytes { get; set; } = 16L << 20;
}
