using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>What CONNECT is answered with; terms exactly if it says yes.</summary>
internal sealed record ConnectReply(MqttVersion Version, ConnackPacket Connack, ConnectionTerms? Terms);
