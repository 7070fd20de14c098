using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.Mqtt.Server;

public sealed class MqttServerOptions
{
    public const string Section = "Mqtt:Server";

    /// <summary>Publishes of one connection that are not decided yet; announced as Receive Maximum. 256 keep a group commit full over a round trip of 10 ms.</summary>
    [Range(1, 1_024)]
    public int WindowCount { get; set; } = 256;

    /// <summary>Announced as Maximum Packet Size. The largest envelope (1 MiB) with topic and properties.</summary>
    [Range(1_024, 16 << 20)]
    public int MaximumPacketBytes { get; set; } = (1 << 20) + (64 << 10);

    /// <summary>From accept to a whole CONNECT. A handshake over a poor radio link takes two or three seconds.</summary>
    [Range(1, 120)]
    public int ConnectDeadlineSeconds { get; set; } = 10;

    /// <summary>What a 5.0 client is told to keep when it asks for more, or for none. The protocol's own largest.</summary>
    [Range(1, 65_535)]
    public int MaximumKeepAliveSeconds { get; set; } = 65_535;

    /// <summary>Aliases a client may use; each is a topic in memory. Devices publish to a handful.</summary>
    [Range(0, 1_024)]
    public int TopicAliasMaximum { get; set; } = 32;

    /// <summary>Aliases we use towards a client at most, whatever it offers.</summary>
    [Range(0, 1_024)]
    public int OutgoingTopicAliasMaximum { get; set; } = 32;

    /// <summary>What waits for one client besides what its socket holds. Above it the connection is busy: QoS 1 and 2 wait in the session.</summary>
    [Range(4_096, 16 << 20)]
    public int OutgoingBufferBytes { get; set; } = 64 << 10;

    /// <summary>A client that takes nothing for this long, while something is to be sent, is closed.</summary>
    [Range(1, 3_600)]
    public int StalledWriteSeconds { get; set; } = 60;

    [Range(1, 1_000_000)]
    public int MaximumConnections { get; set; } = 100_000;

    /// <summary>At shutdown: for what was read to be decided and answered.</summary>
    [Range(1, 120)]
    public int ShutdownSeconds { get; set; } = 10;

    /// <summary>Response Information for clients that ask; <c>{client}</c> stands for the client id. Empty: none is given.</summary>
    public string ResponseInformation { get; set; } = "response/{client}";
}
