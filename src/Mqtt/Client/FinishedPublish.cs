namespace EdgeEnforcement.Mqtt.Client;

/// <summary>Decided under the lock, told outside it.</summary>
internal readonly record struct FinishedPublish(OutgoingMessage Message, PublishResult Result);
