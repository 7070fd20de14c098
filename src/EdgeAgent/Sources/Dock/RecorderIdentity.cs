namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// Who a recorder says it is. Source names the file it came from, or "file names", or "" when nothing says it.
internal sealed record RecorderIdentity(string Serial, string Officer, string CaseNumber, string Source)
{
    public static RecorderIdentity Unknown { get; } = new("", "", "", "");
}
