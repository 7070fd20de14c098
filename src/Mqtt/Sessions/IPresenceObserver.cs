namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>Told who comes and goes, after it is durable, in order, on the broker's thread: must not block and must not throw.</summary>
public interface IPresenceObserver
{
    void Changed(in PresenceChange change);

    /// <summary>Whether a will on this topic is a word about its client and nothing else: it is not published, <see cref="WillDue"/> is told.</summary>
    bool TakesWill(string topic);

    void WillDue(in PresenceWill will);
}
