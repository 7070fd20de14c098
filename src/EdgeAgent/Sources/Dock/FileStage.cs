namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

internal enum FileStage
{
    Waiting,
    Copied,

    /// Cannot be taken as it is; looked at again if it changes.
    Refused,
}
