namespace EdgeEnforcement.EdgeAgent.Detection;

/// How detection stands; null while the agent decides nothing. Written by its loop, read by anybody.
internal sealed class DetectionStatus
{
    private DetectionSnapshot? _current;

    public DetectionSnapshot? Current => Volatile.Read(ref _current);

    public void Set(DetectionSnapshot snapshot) => Volatile.Write(ref _current, snapshot);
}
