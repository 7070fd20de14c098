namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>Told who comes and goes, after it is durable, in order, on the broker's thread: must not block and must not throw.</summary>
public interface IPresenceObserver
{
    void Changed(in PresenceChange change);
}
