using System.Collections.Concurrent;
using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

internal sealed class PresenceLog : IPresenceObserver
{
    private readonly ConcurrentQueue<PresenceChange> _changes = new();

    public IReadOnlyList<PresenceChange> Changes => [.. _changes];

    public void Changed(in PresenceChange change) => _changes.Enqueue(change);
}
