namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// How the line to the centre stands, in words. Written by the uplink's loop, read by anybody.
internal sealed class UplinkState
{
    private string _state = "not connected";

    public string State => Volatile.Read(ref _state);

    public void Set(string state) => Volatile.Write(ref _state, state);
}
