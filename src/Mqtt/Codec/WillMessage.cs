namespace EdgeEnforcement.Mqtt.Codec;

internal sealed record WillMessage(ApplicationMessage Message, uint DelaySeconds = 0);
