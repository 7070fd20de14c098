namespace EdgeEnforcement.Mqtt.Sessions.Commands;

/// Exactly one of the two is set.
internal readonly record struct OpenAnswer(SessionOpened? Opened, ISessionLink? ToBeDrained);
