using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Client;

public sealed record MqttClientOptions
{
    public MqttVersion Version { get; init; } = MqttVersion.V5;

    public required string ClientId { get; init; }

    /// <summary>
    /// True: the first connection of this client begins a new session. On 3.1.1 every connection does. False asks for what the server
    /// kept, also of an earlier process: its unanswered deliveries come again, and what this client knew of QoS 2 has gone with that process.
    /// </summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>How long the server keeps the session after the connection (5.0). 0: no longer than the connection.</summary>
    public uint SessionExpirySeconds { get; init; }

    public IReadOnlyList<MqttSubscription> Subscriptions { get; init; } = [];

    /// <summary>0: none. A peer that says nothing for one and a half of it is given up. The server may set another (5.0).</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    public string? UserName { get; init; }

    public ReadOnlyMemory<byte>? Password { get; init; }

    public WillMessage? Will { get; init; }

    /// <summary>Publishes without an answer, on the way or waiting for the way; the next one waits. 256 is the window our own server announces.</summary>
    public int Window { get; init; } = 256;

    /// <summary>Deliveries of QoS 1 and 2 this client holds unanswered (5.0); on every version, deliveries waiting for the listener.</summary>
    public ushort ReceiveMaximum { get; init; } = 256;

    /// <summary>Of a packet from the server. 1 MiB for a payload and some room for its header.</summary>
    public int MaximumPacketBytes { get; init; } = (1 << 20) + (64 << 10);

    /// <summary>The most topics that travel as a number (5.0); the server may allow fewer.</summary>
    public ushort TopicAliases { get; init; } = 16;

    /// <summary>Bytes written and not yet taken by the network, above which no more are written.</summary>
    public int BufferBytes { get; init; } = 256 << 10;

    /// <summary>From the first packet of TCP to the answer to CONNECT.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>1 s to 120 s with full jitter: a whole city's devices must not come back in the same second.</summary>
    public TimeSpan BackoffMinimum { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan BackoffMaximum { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>A connection that stood this long was a good one: the next wait is the shortest again.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(60);

    internal bool KeepsSession => Version == MqttVersion.V5 ? SessionExpirySeconds > 0 : !CleanStart;

    internal ushort KeepAliveSeconds => (ushort)KeepAlive.TotalSeconds;

    internal void Check()
    {
        Require(Window is >= 1 and < ushort.MaxValue, "a window is 1 to 65,534 messages: one identifier is left for SUBSCRIBE");
        Require(ReceiveMaximum >= 1, "a Receive Maximum of 0 is a protocol error (MQTT5 3.1.2.11.3)");
        Require(MaximumPacketBytes is >= 1024 and <= 256 << 20, "a packet limit is 1 KiB to 256 MiB");
        Require(BufferBytes is >= 1024 and <= 64 << 20, "a buffer is 1 KiB to 64 MiB");
        Require(KeepAlive >= TimeSpan.Zero && KeepAlive.TotalSeconds <= ushort.MaxValue, "a keep-alive is 0 to 65,535 s");
        Require(KeepAlive == TimeSpan.Zero || KeepAlive >= TimeSpan.FromSeconds(1), "a keep-alive has whole seconds");
        Require(BackoffMinimum > TimeSpan.Zero && BackoffMaximum >= BackoffMinimum, "the longest wait is not shorter than the shortest");
        Require(ClientId.Length > 0 || !KeepsSession, "a session that is kept needs a name");
        Require(Version == MqttVersion.V5 || Password is null || UserName is not null, "a password needs a user name (MQTT3-3.1.2-22)");
        foreach (var subscription in Subscriptions)
            Require(TopicRules.IsFilter(subscription.Filter), $"'{subscription.Filter}' is not a topic filter");
    }

    private static void Require(bool condition, string rule)
    {
        if (!condition)
            throw new ArgumentException(rule);
    }
}
