namespace EdgeEnforcement.SegmentLog;

/// <summary>Byte position inside one segment file.</summary>
public readonly record struct SegmentOffset(long Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
