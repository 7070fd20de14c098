namespace EdgeEnforcement.SegmentLog;

/// <summary>Position of a record in its log, counted from 0 and never reused.</summary>
public readonly record struct RecordIndex(ulong Value) : IComparable<RecordIndex>
{
    public static RecordIndex Zero => default;

    public int CompareTo(RecordIndex other) => Value.CompareTo(other.Value);

    public RecordIndex Plus(ulong count) => new(checked(Value + count));

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static bool operator <(RecordIndex left, RecordIndex right) => left.Value < right.Value;

    public static bool operator >(RecordIndex left, RecordIndex right) => left.Value > right.Value;

    public static bool operator <=(RecordIndex left, RecordIndex right) => left.Value <= right.Value;

    public static bool operator >=(RecordIndex left, RecordIndex right) => left.Value >= right.Value;
}
