namespace EdgeEnforcement.Mqtt.Tests.Sessions.Model;

/// How long the session of a client lives.
internal enum ModelLife
{
    Persistent,

    /// Clean Session of 3.1.1: it begins with the connection and ends with it.
    Fleeting,
}
