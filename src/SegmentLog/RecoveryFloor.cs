namespace EdgeEnforcement.SegmentLog;

/// <summary>
/// What the owner knows from elsewhere to be durable (a signed checkpoint, a cursor). A bad or missing record below
/// <paramref name="Index"/> is damage, never a torn tail.
/// </summary>
public readonly record struct RecoveryFloor(RecordIndex Index)
{
    public static RecoveryFloor None => default;
}
