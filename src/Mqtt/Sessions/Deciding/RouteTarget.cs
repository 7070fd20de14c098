using EdgeEnforcement.Mqtt.Sessions.State;

namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

internal record struct RouteTarget(Session Session, OutgoingForm Form, bool HasRoom);
