namespace EdgeEnforcement.OperatorConsole.Views;

/// <summary>What 'u' takes back. One per browser window, so that it survives the way from the board to an alert and back.</summary>
public sealed class LastClosing
{
    public string AlertId { get; private set; } = "";

    public string Title { get; private set; } = "";

    /// <summary>Of the alert after it was closed.</summary>
    public ulong Version { get; private set; }

    public bool Exists => AlertId.Length > 0;

    public void Remember(string alertId, string title, ulong version) => (AlertId, Title, Version) = (alertId, title, version);

    public void Forget() => (AlertId, Title, Version) = ("", "", 0);
}
