using System.Collections.Concurrent;
using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

/// Keeps what it is told; takes wills below "presence/".
internal sealed class PresenceLog : IPresenceObserver
{
    private readonly ConcurrentQueue<PresenceChange> _changes = new();
    private readonly ConcurrentQueue<PresenceWill> _wills = new();

    public IReadOnlyList<PresenceChange> Changes => [.. _changes];

    public IReadOnlyList<PresenceWill> Wills => [.. _wills];

    public void Changed(in PresenceChange change) => _changes.Enqueue(change);

    public bool TakesWill(string topic) => topic.StartsWith("presence/", StringComparison.Ordinal);

    public void WillDue(in PresenceWill will) => _wills.Enqueue(will);
}
