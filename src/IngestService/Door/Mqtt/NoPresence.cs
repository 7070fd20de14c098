using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>Who comes and goes is in the log and the metrics of the server; it is not in the ledger yet (docs/later.md).</summary>
internal sealed class NoPresence : IPresenceObserver
{
    public static readonly NoPresence Instance = new();

    public void Changed(in PresenceChange change)
    {
        // Nobody asks.
    }

    public bool TakesWill(string topic) => false;

    public void WillDue(in PresenceWill will) => throw new InvalidOperationException("No will is taken.");
}
