namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>The broker has ended or had to stop; only a new start tells what is on disk.</summary>
public sealed class BrokerStoppedException(string message, Exception? cause = null) : InvalidOperationException(message, cause);
