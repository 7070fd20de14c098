using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>How many stand how, behind one gateway or in all: what tells a lost device from a lost uplink.</summary>
internal sealed class PresenceTally
{
    public int Connected { get; private set; }

    public int Suspect { get; private set; }

    /// <summary>Offline, and lost within the window.</summary>
    public int Recent { get; private set; }

    public int Gone => Suspect + Recent;

    public int Known => Connected + Gone;

    public void Count(PresenceDevice device, int by)
    {
        if (device.Now.State == PresenceState.Connected)
            Connected += by;
        else if (device.Now is { State: PresenceState.Suspect, IsLost: true })
            Suspect += by;
        else if (device.IsRecent)
            Recent += by;
    }

    public bool IsDown(int minimum, int percent) => Gone >= minimum && Gone * 100L >= Known * (long)percent;
}
