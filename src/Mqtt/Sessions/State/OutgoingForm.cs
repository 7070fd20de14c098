namespace EdgeEnforcement.Mqtt.Sessions.State;

/// How one session gets a message. SharedFilter is set for a member of a shared group: the message belongs to the group until it is answered.
internal readonly record struct OutgoingForm(QoS QoS, bool IsRetained, uint[] Identifiers, string? SharedFilter);
