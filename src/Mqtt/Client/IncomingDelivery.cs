namespace EdgeEnforcement.Mqtt.Client;

internal readonly record struct IncomingDelivery(ApplicationMessage Message, ushort PacketId);
