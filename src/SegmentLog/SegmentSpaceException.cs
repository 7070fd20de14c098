namespace EdgeEnforcement.SegmentLog;

/// <summary>A log cannot be opened, because recovery copies the tail of the last segment and the volume has no room for it. Nothing was changed.</summary>
public sealed class SegmentSpaceException(string directory, long neededBytes, long freeBytes, Exception? cause = null) : IOException(
    FormattableString.Invariant(
        $"'{directory}' cannot be opened: recovery copies the last segment and needs {neededBytes} bytes, the volume has {freeBytes} free. Free {Math.Max(0, neededBytes - freeBytes)} bytes and start again."),
    cause)
{
    public long NeededBytes { get; } = neededBytes;
}
