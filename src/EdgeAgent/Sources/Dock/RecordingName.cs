namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// What a file's name says. It is a hint: the open issue record decides who the officer was, once there is one.
internal sealed record RecordingName(
    string Profile, string Serial, string Officer, DateTimeOffset? Time, string Sequence, bool Important)
{
    public static RecordingName Unknown { get; } = new("", "", "", null, "", Important: false);
}
