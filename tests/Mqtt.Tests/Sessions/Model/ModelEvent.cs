using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions.Model;

/// A PUBLISH, or a PUBREL of the id.
internal readonly record struct ModelEvent(Delivery? Delivery, ushort Released, DateTimeOffset At);
