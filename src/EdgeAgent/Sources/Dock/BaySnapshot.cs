namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// A bay as it is shown. State is one of "empty", "reading", "copied", "released", "amber".
internal sealed record BaySnapshot(
    int Bay, string State, string Recorder, int FilesTotal, int FilesDone, long BytesTotal, long BytesDone, string Remark)
{
    public static BaySnapshot Empty(int bay) => new(bay, "empty", "", 0, 0, 0, 0, "");
}
