namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// Which serial stands in which bay now: one serial in two bays at once means that one of them is not who it says.
internal sealed class DockedSerials
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, string> _byBay = [];

    public void Enter(int bay, string serial)
    {
        lock (_lock)
            _byBay[bay] = serial;
    }

    public void Leave(int bay)
    {
        lock (_lock)
            _byBay.Remove(bay);
    }

    public bool IsElsewhere(int bay, string serial)
    {
        lock (_lock)
            return serial.Length > 0 && _byBay.Any(b => b.Key != bay && b.Value == serial);
    }
}
