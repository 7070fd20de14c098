using EdgeEnforcement.Mqtt.Sessions.State;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

/// What one opening carries from pass to pass. Owned by the broker's thread.
internal sealed class Opening
{
    /// The session on which this opening is counted as waiting; null before and after.
    public Session? CountedOn { get; set; }

    /// The link whose Drained was awaited.
    public ISessionLink? Drained { get; set; }
}
