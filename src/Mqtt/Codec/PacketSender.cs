namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>Who sent a packet: some properties and reason codes may come from one side only.</summary>
internal enum PacketSender
{
    Client,
    Server,
}
